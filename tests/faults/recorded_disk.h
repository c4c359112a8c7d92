/* What a program in the same process has written to a store's two files, write by write. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum disk_file { DISK_DATA, DISK_REDO, DISK_FILES };

struct disk_op {
	enum disk_file file;
	bool sync;   /* all that was written to the file before is on the disk */
	bool synced; /* a write that is on the disk when it returns */
	uint64_t at;
	size_t size;
	uint8_t *bytes;
};

extern bool disk_recording;
extern struct disk_op *disk_ops;
extern size_t disk_n_ops;
