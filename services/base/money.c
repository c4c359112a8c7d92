#include "base/money.h"

struct money money_of_fen(int64_t fen)
{
	return (struct money){ fen };
}

int64_t money_fen(struct money money)
{
	return money.fen;
}

static bool fits(struct money *result, bool overflows, int64_t fen)
{
	if (overflows)
		return false;
	result->fen = fen;
	return true;
}

bool money_add(struct money *result, struct money a, struct money b)
{
	int64_t fen;
	bool overflows = __builtin_add_overflow(a.fen, b.fen, &fen);

	return fits(result, overflows, fen);
}

bool money_subtract(struct money *result, struct money a, struct money b)
{
	int64_t fen;
	bool overflows = __builtin_sub_overflow(a.fen, b.fen, &fen);

	return fits(result, overflows, fen);
}

bool money_times(struct money *result, struct money each, int64_t count)
{
	int64_t fen;
	bool overflows = __builtin_mul_overflow(each.fen, count, &fen);

	return fits(result, overflows, fen);
}

int money_compare(struct money a, struct money b)
{
	return (a.fen > b.fen) - (a.fen < b.fen);
}
