#pragma once
/* The text of a token: "shegong_", 32 random bytes in 43 characters of URL-safe base64, and the CRC-32
 * of these in 8 hexadecimal digits, so that a slip of the pen is seen and a leak can be searched for.
 * What personnel keeps is SHA-256 over the text; with 256 random bits a slow hash would add nothing. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define TOKEN_SIZE 60 /* with its NUL */
#define TOKEN_HASH 32

/* A new one.  sodium_init must have been called. */
void token_make(char text[static TOKEN_SIZE]);

/* The hash of a text that is like that; false: it is not. */
bool token_hash(const char *text, size_t len, uint8_t hash[static TOKEN_HASH]);
