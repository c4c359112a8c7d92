#include "engine/keys.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zmq.h>

/* Debian's header shows it with the draft interfaces only; the library has it. */
#ifndef ZMQ_ZAP_ENFORCE_DOMAIN
#define ZMQ_ZAP_ENFORCE_DOMAIN 93
#endif

static const char secret_suffix[] = ".key", public_suffix[] = ".pub";

static bool name_valid(const char *name)
{
	size_t len = strlen(name);

	return len > 0 && len < KEY_NAME && *name != '.' &&
	       strspn(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-.") ==
		       len;
}

static bool path_of(const char *dir, const char *name, const char *suffix, char path[PATH_MAX],
		    char why[static 256])
{
	if (name_valid(name) &&
	    (size_t)snprintf(path, PATH_MAX, "%s/%s%s", dir, name, suffix) < PATH_MAX)
		return true;
	snprintf(why, 256, "%.100s: no name for a key / 不能作密钥名称", name);
	return false;
}

static bool fault(const char *path, char why[static 256])
{
	snprintf(why, 256, "%.180s: %s", path, strerror(errno));
	return false;
}

/* The limit is enough for a core in a file; one that is handed to a program heeds the flag alone. */
bool keys_in_no_core(void)
{
	const struct rlimit none = { 0, 0 };

	return setrlimit(RLIMIT_CORE, &none) == 0 && prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) == 0;
}

/* --- Reading ------------------------------------------------------------------------------------ */

/* Z85 and perhaps a newline, nothing else. */
static bool key_read(const char *path, bool secret, char key[static KEY_TEXT], char why[static 256])
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	char text[KEY_TEXT + 1];
	uint8_t bytes[KEY_SIZE];
	struct stat stat;
	ssize_t size;
	bool valid;

	if (fd < 0)
		return fault(path, why);
	if (fstat(fd, &stat) != 0 || !S_ISREG(stat.st_mode)) {
		snprintf(why, 256, "%.180s: not a file / 不是文件", path);
		close(fd);
		return false;
	}
	if (secret && (stat.st_mode & 077)) {
		snprintf(why, 256,
			 "%.140s: others may read it; a secret key has mode 0600 / "
			 "其他用户可读，密钥权限应为0600",
			 path);
		close(fd);
		return false;
	}
	size = read(fd, text, sizeof(text));
	close(fd);
	valid = size == KEY_TEXT - 1 || (size == KEY_TEXT && text[KEY_TEXT - 1] == '\n');
	if (valid) {
		memcpy(key, text, KEY_TEXT - 1);
		key[KEY_TEXT - 1] = '\0';
		valid = strlen(key) == KEY_TEXT - 1 && zmq_z85_decode(bytes, key);
	}
	explicit_bzero(text, sizeof(text));
	explicit_bzero(bytes, sizeof(bytes));
	if (!valid)
		snprintf(why, 256, "%.160s: not a key of 40 characters Z85 / 不是40个字符的Z85密钥",
			 path);
	return valid;
}

static bool secret_read(const char *dir, const char *name, char key[static KEY_TEXT],
			char why[static 256])
{
	char path[PATH_MAX];

	return path_of(dir, name, secret_suffix, path, why) && key_read(path, true, key, why);
}

bool keys_public(const char *dir, const char *name, char key[static KEY_TEXT], char why[static 256])
{
	char path[PATH_MAX];

	return path_of(dir, name, public_suffix, path, why) && key_read(path, false, key, why);
}

bool keys_own(const char *dir, const char *name, char why[static 256])
{
	char secret[KEY_TEXT], public[KEY_TEXT], fits[KEY_TEXT];
	bool own = secret_read(dir, name, secret, why) && keys_public(dir, name, public, why);

	if (own && (zmq_curve_public(fits, secret) != 0 || strcmp(fits, public) != 0)) {
		snprintf(why, 256, "%.100s/%.31s: .key and .pub are no pair / 私钥与公钥不配对",
			 dir, name);
		own = false;
	}
	explicit_bzero(secret, sizeof(secret));
	return own;
}

bool keys_whose(const char *dir, const char *key, char name[static KEY_NAME])
{
	DIR *list = opendir(dir);
	bool found = false;

	if (!list)
		return false;
	for (struct dirent *entry; !found && (entry = readdir(list));) {
		size_t len = strlen(entry->d_name), suffix = sizeof(public_suffix) - 1;
		char public[KEY_TEXT], why[256];

		if (len <= suffix || len - suffix >= KEY_NAME ||
		    strcmp(entry->d_name + len - suffix, public_suffix) != 0)
			continue;
		memcpy(name, entry->d_name, len - suffix);
		name[len - suffix] = '\0';
		found = keys_public(dir, name, public, why) && strcmp(public, key) == 0;
	}
	closedir(list);
	return found;
}

/* --- Making ------------------------------------------------------------------------------------- */

/* A new file with its whole line, or none.  *there: one is there already. */
static bool key_write(const char *path, const char *key, mode_t mode, bool *there,
		      char why[static 256])
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode);
	bool written;

	*there = fd < 0 && errno == EEXIST;
	if (fd < 0)
		return fault(path, why);
	written = fchmod(fd, mode) == 0 && write(fd, key, KEY_TEXT - 1) == KEY_TEXT - 1 &&
		  write(fd, "\n", 1) == 1 && fsync(fd) == 0;
	if (!written) {
		fault(path, why);
		unlink(path);
	}
	close(fd);
	return written;
}

bool keys_make(const char *dir, const char *name, bool *made, char why[static 256])
{
	char secret_path[PATH_MAX], public_path[PATH_MAX], public[KEY_TEXT], secret[KEY_TEXT];
	bool there = false, done;

	*made = false;
	if (!path_of(dir, name, secret_suffix, secret_path, why) ||
	    !path_of(dir, name, public_suffix, public_path, why))
		return false;
	if (zmq_curve_keypair(public, secret) != 0) {
		snprintf(why, 256, "no CURVE in this ZeroMQ: %s", zmq_strerror(errno));
		return false;
	}
	/* The secret first: its public half can be made again, as below. */
	done = key_write(secret_path, secret, 0600, &there, why);
	*made = done;
	if (!done && there)
		done = key_read(secret_path, true, secret, why) &&
		       zmq_curve_public(public, secret) == 0;
	if (done && !key_write(public_path, public, 0644, &there, why))
		done = there && keys_own(dir, name, why);
	explicit_bzero(secret, sizeof(secret));
	return done;
}

/* --- Sockets ------------------------------------------------------------------------------------ */

static bool set(void *socket, int option, const void *value, size_t size, char why[static 256])
{
	if (zmq_setsockopt(socket, option, value, size) == 0)
		return true;
	snprintf(why, 256, "CURVE: %s", zmq_strerror(errno));
	return false;
}

bool keys_serve(void *socket, const char *dir, const char *name, const char *domain,
		char why[static 256])
{
	const int yes = 1;
	char secret[KEY_TEXT];
	bool served = secret_read(dir, name, secret, why) &&
		      set(socket, ZMQ_CURVE_SERVER, &yes, sizeof(yes), why) &&
		      set(socket, ZMQ_CURVE_SECRETKEY, secret, sizeof(secret), why) &&
		      set(socket, ZMQ_ZAP_DOMAIN, domain, strlen(domain), why) &&
		      set(socket, ZMQ_ZAP_ENFORCE_DOMAIN, &yes, sizeof(yes), why);

	explicit_bzero(secret, sizeof(secret));
	return served;
}

bool keys_reach(void *socket, const char *dir, const char *own, const char *server,
		char why[static 256])
{
	char secret[KEY_TEXT], public[KEY_TEXT], theirs[KEY_TEXT];
	bool reached = secret_read(dir, own, secret, why) && keys_public(dir, server, theirs, why);

	if (reached && zmq_curve_public(public, secret) != 0) {
		snprintf(why, 256, "CURVE: %s", zmq_strerror(errno));
		reached = false;
	}
	reached = reached && set(socket, ZMQ_CURVE_SERVERKEY, theirs, sizeof(theirs), why) &&
		  set(socket, ZMQ_CURVE_PUBLICKEY, public, sizeof(public), why) &&
		  set(socket, ZMQ_CURVE_SECRETKEY, secret, sizeof(secret), why);
	explicit_bzero(secret, sizeof(secret));
	return reached;
}
