#include "gateway/cli/manifest.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <jansson.h>
#include <sodium.h>

#include "gateway/cli/client.h"

enum { FORMAT = 1 };

/* --- Writing ------------------------------------------------------------------------------------ */

static json_t *copy_json(const struct manifest_copy *copy)
{
	json_t *followed = json_array();

	for (size_t i = 0; i < copy->n_followed; i++) {
		const struct manifest_followed *f = &copy->followed[i];

		json_array_append_new(followed,
				      json_pack("{ss ss sI}", "source", f->source, "epoch",
						f->epoch, "sequence", (json_int_t)f->sequence));
	}
	return json_pack("{ss ss sI ss ss sI ss so}", "service", copy->service, "file", copy->file,
			 "bytes", (json_int_t)copy->size, "blake2b256", copy->file_hash, "epoch",
			 copy->epoch, "sequence", (json_int_t)copy->sequence, "hash",
			 copy->head_hash, "followed", followed);
}

static bool text_synced(const char *path, const char *text)
{
	FILE *out = fopen(path, "we");
	bool well;

	if (!out)
		return false;
	well = fputs(text, out) >= 0 && fputc('\n', out) != EOF && fflush(out) == 0 &&
	       fsync(fileno(out)) == 0;
	return fclose(out) == 0 && well;
}

bool manifest_write(const char *dir, const struct manifest *manifest)
{
	char path[PATH_MAX], tmp[PATH_MAX];
	json_t *copies = json_array(), *all;
	char *text;
	bool well;
	int fd;

	for (size_t i = 0; i < manifest->n; i++)
		json_array_append_new(copies, copy_json(&manifest->copies[i]));
	all = json_pack("{si ss ss so}", "format", FORMAT, "taken_at", manifest->taken_at,
			"version", manifest->version, "stores", copies);
	text = all ? json_dumps(all, JSON_INDENT(2)) : NULL;
	json_decref(all);
	snprintf(path, sizeof(path), "%s/manifest.json", dir);
	snprintf(tmp, sizeof(tmp), "%s/manifest.json.tmp", dir);
	well = text && text_synced(tmp, text) && rename(tmp, path) == 0;
	free(text);
	fd = well ? open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
	if (fd < 0)
		return false;
	well = fsync(fd) == 0;
	close(fd);
	return well;
}

/* --- Reading ------------------------------------------------------------------------------------ */

static bool text_read(char *to, size_t size, json_t *object, const char *name)
{
	const char *text = json_string_value(json_object_get(object, name));

	if (!text || strlen(text) >= size)
		return false;
	strcpy(to, text);
	return true;
}

static bool number_read(uint64_t *to, json_t *object, const char *name)
{
	json_t *value = json_object_get(object, name);

	*to = (uint64_t)json_integer_value(value);
	return json_is_integer(value) && json_integer_value(value) >= 0;
}

static bool followed_read(struct manifest_copy *copy, json_t *list)
{
	copy->n_followed = json_array_size(list);
	if (!json_is_array(list) || copy->n_followed > MANIFEST_FOLLOWED_MAX)
		return false;
	for (size_t i = 0; i < copy->n_followed; i++) {
		struct manifest_followed *f = &copy->followed[i];
		json_t *from = json_array_get(list, i);

		if (!text_read(f->source, sizeof(f->source), from, "source") ||
		    !text_read(f->epoch, sizeof(f->epoch), from, "epoch") ||
		    !number_read(&f->sequence, from, "sequence"))
			return false;
	}
	return true;
}

static bool copy_read(struct manifest_copy *copy, json_t *from)
{
	return text_read(copy->service, sizeof(copy->service), from, "service") &&
	       text_read(copy->file, sizeof(copy->file), from, "file") &&
	       strchr(copy->file, '/') == NULL && number_read(&copy->size, from, "bytes") &&
	       text_read(copy->file_hash, sizeof(copy->file_hash), from, "blake2b256") &&
	       text_read(copy->epoch, sizeof(copy->epoch), from, "epoch") &&
	       number_read(&copy->sequence, from, "sequence") &&
	       text_read(copy->head_hash, sizeof(copy->head_hash), from, "hash") &&
	       followed_read(copy, json_object_get(from, "followed"));
}

static bool all_read(struct manifest *manifest, json_t *from)
{
	json_t *copies = json_object_get(from, "stores");
	uint64_t format;

	manifest->n = json_array_size(copies);
	if (!number_read(&format, from, "format") || format != FORMAT || manifest->n == 0 ||
	    manifest->n > MANIFEST_COPIES_MAX ||
	    !text_read(manifest->taken_at, sizeof(manifest->taken_at), from, "taken_at") ||
	    !text_read(manifest->version, sizeof(manifest->version), from, "version"))
		return false;
	for (size_t i = 0; i < manifest->n; i++) {
		if (!copy_read(&manifest->copies[i], json_array_get(copies, i)))
			return false;
	}
	return true;
}

bool manifest_read(const char *dir, struct manifest *manifest)
{
	char path[PATH_MAX];
	json_error_t error;
	json_t *all;
	bool well;

	*manifest = (struct manifest){ 0 };
	snprintf(path, sizeof(path), "%s/manifest.json", dir);
	if (access(path, R_OK) != 0) {
		fprintf(stderr, "%s: %s\n  %s\n", path, strerror(errno),
			client_word("A folder without a manifest is no backup.",
				    "没有清单的目录不是备份。"));
		return false;
	}
	all = json_load_file(path, 0, &error);
	well = all && all_read(manifest, all);
	json_decref(all);
	if (!well)
		fprintf(stderr, "%s: %s\n", path,
			client_word("not a manifest that this program reads",
				    "不是本程序可读的清单"));
	return well;
}

/* --- Proving ------------------------------------------------------------------------------------ */

static const struct manifest_copy *copy_of(const struct manifest *manifest, const char *service)
{
	for (size_t i = 0; i < manifest->n; i++) {
		if (strcmp(manifest->copies[i].service, service) == 0)
			return &manifest->copies[i];
	}
	return NULL;
}

bool manifest_fits(const struct manifest *manifest, char why[static 256])
{
	for (size_t i = 0; i < manifest->n; i++) {
		const struct manifest_copy *copy = &manifest->copies[i];

		for (size_t f = 0; f < copy->n_followed; f++) {
			const struct manifest_followed *followed = &copy->followed[f];
			const struct manifest_copy *source = copy_of(manifest, followed->source);

			if (!*followed->epoch && followed->sequence == 0)
				continue; /* it has never been heard */
			if (source && strcmp(source->epoch, followed->epoch) == 0 &&
			    source->sequence >= followed->sequence)
				continue;
			snprintf(why, 256,
				 client_word("%s has followed %s to %" PRIu64
					     ", where its copy does not go",
					     "%s已跟随%s至%" PRIu64 "，该副本没有到达此处"),
				 copy->service, followed->source, followed->sequence);
			return false;
		}
	}
	return true;
}

static bool file_hashed(const char *path, char hash[static MANIFEST_HASH_SIZE], uint64_t *size)
{
	crypto_generichash_state state;
	uint8_t bytes[65536], raw[32];
	FILE *in = fopen(path, "rbe");
	size_t n;
	bool well;

	if (!in)
		return false;
	crypto_generichash_init(&state, NULL, 0, sizeof(raw));
	for (*size = 0; (n = fread(bytes, 1, sizeof(bytes), in)) > 0; *size += n)
		crypto_generichash_update(&state, bytes, n);
	crypto_generichash_final(&state, raw, sizeof(raw));
	sodium_bin2hex(hash, MANIFEST_HASH_SIZE, raw, sizeof(raw));
	well = !ferror(in);
	fclose(in);
	return well;
}

bool manifest_files_sound(const char *dir, const struct manifest *manifest)
{
	bool sound = true;

	for (size_t i = 0; i < manifest->n; i++) {
		const struct manifest_copy *copy = &manifest->copies[i];
		char path[PATH_MAX], hash[MANIFEST_HASH_SIZE];
		uint64_t size;

		snprintf(path, sizeof(path), "%s/%s", dir, copy->file);
		if (!file_hashed(path, hash, &size)) {
			perror(path);
			sound = false;
		} else if (size != copy->size || strcmp(hash, copy->file_hash) != 0) {
			fprintf(stderr, "%s: %s\n", path,
				client_word("not the file that the manifest names",
					    "不是清单所记的文件"));
			sound = false;
		}
	}
	return sound;
}
