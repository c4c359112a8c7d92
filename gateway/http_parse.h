#pragma once
/* Strict reading of HTTP/1.1 heads and chunk lines: pure functions over bytes, no sockets. */

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define HTTP_LINE_MAX	(8 * 1024)
#define HTTP_FIELDS_MAX 64
#define HTTP_HEAD_MAX	(16 * 1024)

/* What can be wrong with a request before anybody reads what it asks for. */
enum http_fault {
	HTTP_FINE,
	HTTP_BARE_LF,
	HTTP_BAD_REQUEST_LINE,
	HTTP_BAD_TARGET,
	HTTP_BAD_VERSION,
	HTTP_BAD_FIELD,
	HTTP_BAD_HOST,
	HTTP_BAD_LENGTH,
	HTTP_BAD_CODING,
	HTTP_UNKNOWN_CODING,
	HTTP_LENGTH_AND_CODING,
	HTTP_BAD_EXPECT,
	HTTP_BAD_CHUNK,
	HTTP_LINE_TOO_LONG,
	HTTP_HEAD_TOO_LARGE,
	HTTP_BODY_TOO_LARGE,
	HTTP_HEAD_TOO_SLOW,
	HTTP_BODY_TOO_SLOW,
	HTTP_TOO_MANY_CONNECTIONS,
	HTTP_NO_ROOM,
	HTTP_N_FAULTS
};

/* Offsets from the head's first byte: they stay right when the bytes move. */
struct http_span {
	uint16_t at, len;
};

struct http_field {
	struct http_span name; /* in lower case */
	struct http_span value;
};

struct http_head {
	struct http_span method, path, query; /* the query without its '?' */
	uint64_t content_length;
	bool chunked;
	bool expects_continue;
	bool close;    /* the client wants the connection closed after the reply */
	uint8_t minor; /* HTTP/1.minor */
	uint8_t n_fields;
	struct http_field fields[HTTP_FIELDS_MAX];
};

/* How far a head's end has been looked for.  Zero it for each new request. */
struct http_scan {
	size_t looked;	   /* bytes without news */
	size_t line_start; /* where the line now being read began */
	size_t first_line; /* the length of the first line with its CRLF, once seen */
};

/* Look for the end of the head in the bytes received so far.  *end is the head's length with its
 * empty line, or 0 where more bytes are needed. */
enum http_fault http_head_end(const char *data, size_t len, struct http_scan *, size_t *end);

/* Read a whole head (as long as http_head_end said).  Field names are put into lower case in
 * place.  With any answer but HTTP_FINE the head is not to be used. */
enum http_fault http_head_read(char *data, size_t len, struct http_head *);

/* Read a chunk's size line at data: 1 to 8 hex digits and CRLF, no extension.  *used is its
 * length, 0 where more bytes are needed. */
enum http_fault http_chunk_size(const char *data, size_t len, uint64_t *size, size_t *used);
