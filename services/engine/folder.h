/* A folder as the disk has it: what was made, moved or removed in it is there after a power cut only
 * once the folder itself has been written. */
#pragma once

/* Waits until what has changed in dir is on the disk; 0, or an errno. */
int folder_sync(const char *dir);

/* The same for the folder that dir itself lies in. */
int folder_sync_above(const char *dir);
