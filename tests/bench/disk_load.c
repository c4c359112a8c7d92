/* The disk's own rate: disk_load DIR SECONDS [PAGES]
 *
 * Overwrites PAGES (1) scattered pages of 4 KiB of an allocated file and waits for fdatasync, again
 * and again; prints "COUNT SECONDS RATE P50_US P99_US". */
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { BLOCK = 4096, BLOCKS = 4096, SYNCS_MAX = 1 << 20 };

static uint64_t now_us(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

static int by_size(const void *a, const void *b)
{
	uint64_t left = *(const uint64_t *)a, right = *(const uint64_t *)b;

	return (left > right) - (left < right);
}

int main(int argc, char **argv)
{
	static uint64_t took_us[SYNCS_MAX];
	static uint8_t block[BLOCK];
	char path[4096];
	uint64_t until_us, begun_us, n = 0;
	long pages = argc > 3 ? strtol(argv[3], NULL, 10) : 1;
	int fd;

	if (argc < 3) {
		fprintf(stderr, "disk_load DIR SECONDS [PACE_MS]\n");
		return 2;
	}
	snprintf(path, sizeof(path), "%s/disk_load.tmp", argv[1]);
	fd = open(path, O_RDWR | O_CREAT | O_TRUNC, 0600);
	unlink(path);
	memset(block, 'x', sizeof(block));
	for (int i = 0; i < BLOCKS; i++) {
		if (pwrite(fd, block, BLOCK, (off_t)i * BLOCK) != BLOCK)
			return 1;
	}
	if (fsync(fd) != 0)
		return 1;
	begun_us = now_us();
	until_us = begun_us + strtoull(argv[2], NULL, 10) * 1000000;
	srandom(1);
	for (; now_us() < until_us && n < SYNCS_MAX; n++) {
		uint64_t at = now_us();

		for (long page = 0; page < pages; page++) {
			if (pwrite(fd, block, BLOCK, random() % BLOCKS * BLOCK) != BLOCK)
				return 1;
		}
		if (fdatasync(fd) != 0)
			return 1;
		took_us[n] = now_us() - at;
	}
	qsort(took_us, n, sizeof(took_us[0]), by_size);
	printf("%" PRIu64 " %.3f %.0f %" PRIu64 " %" PRIu64 "\n", n,
	       (double)(now_us() - begun_us) / 1e6, (double)n * 1e6 / (double)(now_us() - begun_us),
	       took_us[n / 2], took_us[n * 99 / 100]);
	close(fd);
	return 0;
}
