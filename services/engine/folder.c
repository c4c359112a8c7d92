#include "engine/folder.h"

#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <unistd.h>

int folder_sync(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC), fault;

	if (fd < 0)
		return errno;
	/* EINVAL: this file system has no such thing to wait for. */
	fault = fsync(fd) == 0 || errno == EINVAL ? 0 : errno;
	close(fd);
	return fault;
}

int folder_sync_above(const char *dir)
{
	char path[PATH_MAX];

	snprintf(path, sizeof(path), "%s", dir);
	return folder_sync(dirname(path));
}
