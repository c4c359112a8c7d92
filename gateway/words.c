#include "gateway/words.h"

#include <stdlib.h>
#include <string.h>

/* Made of words.csv, in the order of the keys. */
extern const struct word words_table[];
extern const size_t words_count;

static int by_key(const void *key, const void *word)
{
	return strcmp(key, ((const struct word *)word)->key);
}

const struct word *word_find(const char *key)
{
	return bsearch(key, words_table, words_count, sizeof(*words_table), by_key);
}
