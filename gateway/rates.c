/* The generic cell rate algorithm (ITU-T I.371): of each one there is a single number, the moment at
 * which all that was done would have been due had it come evenly.
 *
 * The numbers lie in sets of four, found by a keyed hash: in a full set the one that owes least is
 * forgotten. */
#include "gateway/rates.h"

#include <pthread.h>
#include <stdlib.h>
#include <time.h>

#include <sodium.h>

enum { SETS = 2048, WAYS = 4 };

struct slot {
	uint64_t who;
	int64_t due_us;
};

struct rates {
	pthread_mutex_t lock;
	uint8_t key[crypto_shorthash_KEYBYTES];
	struct slot slots[SETS][WAYS];
};

struct rates *rates_open(void)
{
	struct rates *rates = calloc(1, sizeof(*rates));

	if (!rates)
		return NULL;
	pthread_mutex_init(&rates->lock, NULL);
	randombytes_buf(rates->key, sizeof(rates->key));
	return rates;
}

void rates_close(struct rates *rates)
{
	if (!rates)
		return;
	pthread_mutex_destroy(&rates->lock);
	free(rates);
}

static int64_t now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

static uint64_t hash(const struct rates *rates, char kind, const void *who, size_t size)
{
	uint8_t out[crypto_shorthash_BYTES];
	uint64_t number = 0;

	crypto_shorthash(out, who, size, rates->key);
	for (size_t i = 0; i < sizeof(out); i++)
		number = number << 8 | out[i];
	return number ^ (uint64_t)(unsigned char)kind << 56;
}

static struct slot *slot_of(struct rates *rates, uint64_t who)
{
	struct slot *set = rates->slots[who % SETS], *least = set;

	for (int i = 0; i < WAYS; i++) {
		if (set[i].who == who)
			return &set[i];
		if (set[i].due_us < least->due_us)
			least = &set[i];
	}
	*least = (struct slot){ .who = who };
	return least;
}

unsigned rates_take(struct rates *rates, const struct rate *rate, const void *who, size_t size)
{
	int64_t now = now_us(), each_us, ahead_us;
	struct slot *slot;
	unsigned wait_ms = 0;

	if (!rate->n)
		return 0;
	each_us = (int64_t)rate->per_ms * 1000 / rate->n;
	pthread_mutex_lock(&rates->lock);
	slot = slot_of(rates, hash(rates, rate->kind, who, size));
	if (slot->due_us < now)
		slot->due_us = now;
	ahead_us = slot->due_us + each_us - now - each_us * rate->at_once;
	if (ahead_us > 0)
		wait_ms = (unsigned)(ahead_us / 1000) + 1;
	else
		slot->due_us += each_us;
	pthread_mutex_unlock(&rates->lock);
	return wait_ms;
}
