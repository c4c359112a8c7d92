/* A disk that fails once: preloaded into a service, it makes the n-th call of one kind fail.
 *
 *   FAIL_CALL   "fdatasync" or "pwrite"
 *   FAIL_AT     which call, counted from 1
 *   FAIL_ERRNO  a number: 5 is EIO, 28 is ENOSPC
 *   FAIL_DONE   set: the call is carried out and reported as failed all the same */
#include <dlfcn.h>
#include <errno.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>

static atomic_long calls;

/* Is this the call that fails?  *done: it is to be carried out before. */
static bool fails(const char *call, bool *done)
{
	const char *which = getenv("FAIL_CALL"), *at = getenv("FAIL_AT");

	*done = getenv("FAIL_DONE") != NULL;
	if (!which || !at || strcmp(which, call) != 0)
		return false;
	return atomic_fetch_add(&calls, 1) + 1 == strtol(at, NULL, 10);
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

	if (!fails("fdatasync", &done))
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

	if (!fails("pwrite", &done))
		return real(fd, bytes, size, at);
	if (done)
		(void)real(fd, bytes, size, at);
	return fault();
}

ssize_t pwrite64(int fd, const void *bytes, size_t size, off_t at)
{
	return pwrite(fd, bytes, size, at);
}
