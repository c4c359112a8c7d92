#include "gateway/cli/offline.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

/* The program of a service, beside this one; NULL: this one. */
static bool program_path(const char *service, char path[static PATH_MAX])
{
	ssize_t size = readlink("/proc/self/exe", path, PATH_MAX - 64);
	char *name;

	if (size < 0)
		return false;
	path[size] = '\0';
	if (!service)
		return true;
	name = strrchr(path, '/');
	snprintf(name ? name + 1 : path, 64, "shegong-%.40s", service);
	return true;
}

/* Start it; out >= 0: where its output goes.  -1: said on stderr. */
static pid_t start(const char *service, char *const argv[], int out)
{
	char path[PATH_MAX];
	posix_spawn_file_actions_t actions;
	pid_t pid = -1;
	int fault = ENOENT;

	posix_spawn_file_actions_init(&actions);
	if (out >= 0)
		posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
	if (program_path(service, path))
		fault = posix_spawn(&pid, path, &actions, NULL, argv, environ);
	posix_spawn_file_actions_destroy(&actions);
	if (!fault)
		return pid;
	fprintf(stderr, "%s: %s\n", path, strerror(fault));
	return -1;
}

static int ended(pid_t pid)
{
	int status;

	while (waitpid(pid, &status, 0) < 0) {
		if (errno != EINTR)
			return -1;
	}
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

int offline_run(const char *service, const char *action, const char *file, const char *arg)
{
	char *const argv[] = { (char *)(uintptr_t)service, (char *)(uintptr_t)action,
			       (char *)(uintptr_t)file, (char *)(uintptr_t)arg, NULL };
	pid_t pid = start(service, argv, -1);

	return pid < 0 ? -1 : ended(pid);
}

/* Each line that a program prints.  false: it could not be run, or failed. */
static bool lines_read(const char *service, char *const argv[],
		       void (*each)(void *to, const char *line), void *to)
{
	char line[512];
	int pipe_of[2];
	pid_t pid;
	FILE *in;

	if (pipe2(pipe_of, O_CLOEXEC) != 0) {
		perror("pipe");
		return false;
	}
	pid = start(service, argv, pipe_of[1]);
	close(pipe_of[1]);
	in = fdopen(pipe_of[0], "r");
	while (in && fgets(line, sizeof(line), in)) {
		line[strcspn(line, "\n")] = '\0';
		each(to, line);
	}
	if (in)
		fclose(in);
	else
		close(pipe_of[0]);
	return pid >= 0 && ended(pid) == 0;
}

bool offline_lines(const char *service, const char *action,
		   void (*line)(void *to, const char *line), void *to)
{
	char *const argv[] = { (char *)(uintptr_t)(service ? service : "shegong"),
			       (char *)(uintptr_t)action, NULL };

	return lines_read(service, argv, line, to);
}

static void proof_read(void *to, const char *line)
{
	struct offline_proof *proof = to;

	if (sscanf(line, "sequence %" SCNu64, &proof->sequence) == 1 ||
	    sscanf(line, "events %" SCNu64, &proof->events) == 1 ||
	    sscanf(line, "records %" SCNu64, &proof->records) == 1 ||
	    sscanf(line, "epoch %47s", proof->epoch) == 1 ||
	    sscanf(line, "hash %64s", proof->head_hash) == 1)
		return;
	if (strncmp(line, "fault ", 6) == 0) {
		printf("    %s\n", line + 6);
		proof->n_faults++;
	}
}

bool offline_prove(const char *service, const char *file, const char *work,
		   struct offline_proof *proof)
{
	char *const argv[] = { (char *)(uintptr_t)service, (char *)(uintptr_t) "--prove",
			       (char *)(uintptr_t)file, (char *)(uintptr_t)work, NULL };

	*proof = (struct offline_proof){ 0 };
	return lines_read(service, argv, proof_read, proof);
}
