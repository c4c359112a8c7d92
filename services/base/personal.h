/* What says who somebody is, or how to reach and to pay him: known by the end of a field's name, in
 * every request alike, so that nobody forgets to treat it as such.  Such a text comes in a request
 * and goes out in an answer; it is stored nowhere but sealed (engine/seal.h).  NULL counts as empty.
 *
 *     *identity_number   of a resident identity card (GB 11643)
 *     *phone_number      a telephone
 *     *account_number    an account at a bank */
#pragma once

#include <stdbool.h>

/* True where a field of that name is personal. */
bool personal_field(const char *name);

/* True where the text is what a field of that name promises; today is a date. */
bool personal_form(const char *name, const char *text, const char *today);
