/* The calls by which LMDB and the redo log write, in the program's own hands: what they write is
 * kept, and carried out. */
#include "recorded_disk.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <sys/uio.h>

/* Not from unistd.h, which would give pwrite and pwrite64 one name. */
ssize_t readlink(const char *path, char *target, size_t size);
off_t lseek(int fd, off_t at, int whence);

bool disk_recording;
struct disk_op *disk_ops;
size_t disk_n_ops;

static bool file_of(int fd, enum disk_file *file)
{
	static const char *const names[DISK_FILES] = { "/data.mdb", "/redo.log" };
	char link[64], path[4096];
	ssize_t n;

	if (!disk_recording)
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	if (n < 9)
		return false;
	path[n] = '\0';
	for (int i = 0; i < DISK_FILES; i++) {
		*file = (enum disk_file)i;
		if (strcmp(path + n - 9, names[i]) == 0)
			return true;
	}
	return false;
}

static void keep(struct disk_op op, const void *bytes)
{
	static size_t max;

	if (disk_n_ops == max) {
		max = max ? max * 2 : 1024;
		disk_ops = realloc(disk_ops, max * sizeof(*disk_ops));
		if (!disk_ops)
			abort();
	}
	if (op.size) {
		op.bytes = malloc(op.size);
		if (!op.bytes)
			abort();
		memcpy(op.bytes, bytes, op.size);
	}
	disk_ops[disk_n_ops++] = op;
}

static void keep_write(int fd, const void *bytes, size_t size, off_t at)
{
	enum disk_file file;

	if (file_of(fd, &file))
		keep((struct disk_op){ .file = file,
				       .synced = fcntl(fd, F_GETFL) & O_DSYNC,
				       .at = (uint64_t)at,
				       .size = size },
		     bytes);
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t) =
		(ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");

	keep_write(fd, bytes, size, at);
	return real(fd, bytes, size, at);
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	return pwrite64(fd, bytes, size, at);
}

ssize_t writev(int fd, const struct iovec *pieces, int n)
{
	ssize_t (*real)(int, const struct iovec *, int) =
		(ssize_t(*)(int, const struct iovec *, int))dlsym(RTLD_NEXT, "writev");
	enum disk_file file;
	off_t at = file_of(fd, &file) ? lseek(fd, 0, SEEK_CUR) : 0;

	for (int i = 0; i < n && disk_recording; i++) {
		keep_write(fd, pieces[i].iov_base, pieces[i].iov_len, at);
		at += (off_t)pieces[i].iov_len;
	}
	return real(fd, pieces, n);
}

static int synced(int fd, const char *call)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, call);
	enum disk_file file;
	int done = real(fd);

	if (done == 0 && file_of(fd, &file))
		keep((struct disk_op){ .file = file, .sync = true }, NULL);
	return done;
}

int fdatasync(int fd)
{
	return synced(fd, "fdatasync");
}

int fsync(int fd)
{
	return synced(fd, "fsync");
}
