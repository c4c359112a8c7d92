#include "gateway/token.h"

#include <stdio.h>
#include <string.h>

#include <sodium.h>

#define PREFIX "shegong_"

enum { RANDOM = 32, DIGITS = 43, CHECK = 8, BEFORE = sizeof(PREFIX) - 1 };

_Static_assert(BEFORE + DIGITS + CHECK + 1 == TOKEN_SIZE, "the parts of a token");

/* CRC-32 as in zip and PNG, bit by bit: it is of 43 bytes. */
static uint32_t crc32_of(const char *text, size_t len)
{
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < len; i++) {
		crc ^= (uint8_t)text[i];
		for (int bit = 0; bit < 8; bit++)
			crc = crc >> 1 ^ (crc & 1 ? 0xedb88320u : 0);
	}
	return ~crc;
}

void token_make(char text[static TOKEN_SIZE])
{
	uint8_t random[RANDOM];

	randombytes_buf(random, sizeof(random));
	memcpy(text, PREFIX, BEFORE);
	sodium_bin2base64(text + BEFORE, DIGITS + 1, random, sizeof(random),
			  sodium_base64_VARIANT_URLSAFE_NO_PADDING);
	snprintf(text + BEFORE + DIGITS, CHECK + 1, "%08x", crc32_of(text + BEFORE, DIGITS));
	sodium_memzero(random, sizeof(random));
}

bool token_hash(const char *text, size_t len, uint8_t hash[static TOKEN_HASH])
{
	char check[CHECK + 1];

	if (len != TOKEN_SIZE - 1 || memcmp(text, PREFIX, BEFORE) != 0)
		return false;
	snprintf(check, sizeof(check), "%08x", crc32_of(text + BEFORE, DIGITS));
	if (memcmp(text + BEFORE + DIGITS, check, CHECK) != 0)
		return false;
	crypto_hash_sha256(hash, (const uint8_t *)text, len);
	return true;
}
