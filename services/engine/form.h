/* The form of a request: what can be said of a field by its name, before any rule runs. */
#pragma once

#include "engine/turn.h"

/* Accepted; or FIELD_INVALID, DATE_IN_FUTURE or FIELD_REQUIRED about the field.
 * needs: names of top-level fields that must not be empty, separated by spaces; or NULL. */
struct verdict form_check(const ProtobufCMessage *request, const char *needs, const char *today);

/* True where a request carries a personal text (base/personal.h); where one of that type can. */
bool form_is_personal(const ProtobufCMessage *request);
bool form_may_be_personal(const ProtobufCMessageDescriptor *);

/* True where every name in needs is a field of the descriptor. */
bool form_needs_exist(const ProtobufCMessageDescriptor *, const char *needs);
