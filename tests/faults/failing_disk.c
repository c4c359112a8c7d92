/* A disk that fails: preloaded into a service, it makes the n-th call of one kind fail.
 *
 *   FAIL_CALL   "fdatasync" or "pwrite"
 *   FAIL_FILE   the file's name: "redo.log"; "*" is any
 *   FAIL_AT     which call of those, counted from 1
 *   FAIL_TIMES  how many fail one after the other (1)
 *   FAIL_ERRNO  a number: 5 is EIO, 28 is ENOSPC
 *   FAIL_DONE   set: the call is carried out and reported as failed all the same
 *   FAIL_WHILE  a path: calls count and fail only while a file is there */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

/* Not from unistd.h, which would give pwrite and pwrite64 one name. */
ssize_t readlink(const char *path, char *target, size_t size);
int access(const char *path, int mode);
enum { F_OK = 0 };

static atomic_long calls;

static bool is_file(int fd, const char *name)
{
	char link[64], path[4096];
	ssize_t n;

	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	n = readlink(link, path, sizeof(path) - 1);
	path[n > 0 ? n : 0] = '\0';

	const char *slash = strrchr(path, '/');

	return slash && strcmp(slash + 1, name) == 0;
}

/* Is this a call that fails?  *done: it is to be carried out before. */
static bool fails(const char *call, int fd, bool *done)
{
	const char *which = getenv("FAIL_CALL"), *file = getenv("FAIL_FILE");
	const char *at = getenv("FAIL_AT"), *times = getenv("FAIL_TIMES");
	const char *while_there = getenv("FAIL_WHILE");
	long n;

	*done = getenv("FAIL_DONE") != NULL;
	if (!which || !file || !at || strcmp(which, call) != 0 ||
	    (strcmp(file, "*") != 0 && !is_file(fd, file)))
		return false;
	if (while_there && access(while_there, F_OK) != 0)
		return false;
	n = atomic_fetch_add(&calls, 1) + 1 - strtol(at, NULL, 10);
	return n >= 0 && n < (times ? strtol(times, NULL, 10) : 1);
}

static int fault(void)
{
	const char *number = getenv("FAIL_ERRNO");

	errno = number ? (int)strtol(number, NULL, 10) : EIO;
	return -1;
}

int fdatasync(int fd)
{
	int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
	bool done;

	if (!fails("fdatasync", fd, &done))
		return real(fd);
	if (done)
		(void)real(fd);
	return fault();
}

ssize_t pwrite(int fd, const void *bytes, size_t size, off_t at)
{
	ssize_t (*real)(int, const void *, size_t, off_t) =
		(ssize_t(*)(int, const void *, size_t, off_t))dlsym(RTLD_NEXT, "pwrite64");
	bool done;

	if (!fails("pwrite", fd, &done))
		return real(fd, bytes, size, at);
	if (done)
		(void)real(fd, bytes, size, at);
	return fault();
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at)
{
	return pwrite(fd, bytes, size, at);
}
