#pragma once
/* The catalogue of words: what the contract's names are called in Chinese and English.
 *
 * It is words.csv, built in.  A key is the name of an enum's value ("PROJECT_STATE_PLANNED"), of a field
 * ("site_id"), of a field of one message where it means something else there ("Statement.people"), or
 * of a word that a programme's rules bring for a field ("category.WORK_ALLOWANCE").
 * tests/house/words.py says what is missing.  Sentences of refusals stand in each service's
 * refusals.c. */

struct word {
	const char *key, *en, *zh;
};

/* NULL: the catalogue does not have it. */
const struct word *word_find(const char *key);
