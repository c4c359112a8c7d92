/* A field of a message, found by its descriptor. */
#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <protobuf-c/protobuf-c.h>

/* Of a field that holds a text; "" where there is none. */
const char *field_text(const void *message, const ProtobufCFieldDescriptor *);

/* How many bytes a number takes in a key, 4 or 8; 0: the field holds no number. */
size_t field_width(const ProtobufCFieldDescriptor *);
bool field_is_number(const ProtobufCFieldDescriptor *);
int64_t field_number(const void *message, const ProtobufCFieldDescriptor *);

/* The i-th message of a field, listed or single; NULL past the last, and of a field of another kind. */
ProtobufCMessage *field_message(const void *message, const ProtobufCFieldDescriptor *, size_t i);
