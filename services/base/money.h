/* Money: a whole number of fen.  Sums are asked whether they fit. */
#pragma once

#include <stdbool.h>
#include <stdint.h>

/* Only money.c reads .fen. */
struct money {
	int64_t fen;
};

/* From and to the *_fen fields of messages. */
struct money money_of_fen(int64_t fen);
int64_t money_fen(struct money);

/* False: the result does not fit, and *result is as before. */
__attribute__((warn_unused_result)) bool money_add(struct money *result, struct money a,
						   struct money b);
__attribute__((warn_unused_result)) bool money_subtract(struct money *result, struct money a,
							struct money b);
__attribute__((warn_unused_result)) bool money_times(struct money *result, struct money each,
						     int64_t count);

/* < 0, 0, > 0 as a is less than, equal to, more than b. */
int money_compare(struct money a, struct money b);
