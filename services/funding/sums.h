/* Sums of *_fen fields, for rules that have already made sure that they fit. */
#pragma once

#include <assert.h>

#include "base/money.h"

/* True where a is more than b. */
static inline bool sum_above(int64_t a_fen, int64_t b_fen)
{
	return money_compare(money_of_fen(a_fen), money_of_fen(b_fen)) > 0;
}

/* a and b together: two sums of single amounts, each at most 10^14 fen, always fit. */
static inline int64_t sum_of(int64_t a_fen, int64_t b_fen)
{
	struct money sum = money_of_fen(0);
	bool fits = money_add(&sum, money_of_fen(a_fen), money_of_fen(b_fen));

	assert(fits);
	return money_fen(sum);
}

/* What is left of a once b is taken away; below zero where b is more. */
static inline int64_t sum_left(int64_t a_fen, int64_t b_fen)
{
	struct money left = money_of_fen(0);
	bool fits = money_subtract(&left, money_of_fen(a_fen), money_of_fen(b_fen));

	assert(fits);
	return money_fen(left);
}
