/* What the server says: the heads of replies, and its own refusals as Connect's JSON. */
#include "gateway/http_parts.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "gateway/refusal.h"

static const struct {
	int status;
	Engine__Code code;
	const char *reason, *en, *zh;
} faults[HTTP_N_FAULTS] = {
	[HTTP_BARE_LF] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BARE_LF",
			   "A line ends without CR LF.", "行未以 CR LF 结束。" },
	[HTTP_BAD_REQUEST_LINE] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT,
				    "HTTP_BAD_REQUEST_LINE",
				    "The request line is not METHOD /path HTTP/1.1.",
				    "请求行不是 METHOD /path HTTP/1.1 的形式。" },
	[HTTP_BAD_TARGET] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_TARGET",
			      "The request target is not a path of printable ASCII.",
			      "请求目标不是由可见 ASCII 字符组成的路径。" },
	[HTTP_BAD_VERSION] = { 505, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_BAD_VERSION",
			       "Only HTTP/1.1 and HTTP/1.0 are spoken here.",
			       "此处仅支持 HTTP/1.1 与 HTTP/1.0。" },
	[HTTP_BAD_FIELD] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_FIELD",
			     "A header line is malformed.", "请求头的某一行格式不正确。" },
	[HTTP_BAD_HOST] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_HOST",
			    "There is not exactly one valid Host header.",
			    "Host 请求头应恰有一个且有效。" },
	[HTTP_BAD_LENGTH] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_LENGTH",
			      "Content-Length is not one plain number.",
			      "Content-Length 应为单个纯数字。" },
	[HTTP_BAD_CODING] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_CODING",
			      "Transfer-Encoding is not allowed like this.",
			      "Transfer-Encoding 的用法不被允许。" },
	[HTTP_UNKNOWN_CODING] = { 501, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_UNKNOWN_CODING",
				  "The only Transfer-Encoding taken is chunked.",
				  "Transfer-Encoding 仅支持 chunked。" },
	[HTTP_LENGTH_AND_CODING] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT,
				     "HTTP_LENGTH_AND_CODING",
				     "Content-Length and Transfer-Encoding exclude each other.",
				     "Content-Length 与 Transfer-Encoding 不能同时出现。" },
	[HTTP_BAD_EXPECT] = { 417, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_BAD_EXPECT",
			      "The only expectation met is 100-continue.",
			      "Expect 仅支持 100-continue。" },
	[HTTP_BAD_CHUNK] = { 400, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HTTP_BAD_CHUNK",
			     "The chunked body is malformed; extensions and trailers are not taken.",
			     "分块请求体格式不正确；不接受分块扩展与尾部字段。" },
	[HTTP_LINE_TOO_LONG] = { 414, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_LINE_TOO_LONG",
				 "The request line is longer than 8 KiB.", "请求行超过 8 KiB。" },
	[HTTP_HEAD_TOO_LARGE] = { 431, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_HEAD_TOO_LARGE",
				  "The headers are more than 64 or larger than 16 KiB.",
				  "请求头超过 64 个或大于 16 KiB。" },
	[HTTP_BODY_TOO_LARGE] = { 413, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "HTTP_BODY_TOO_LARGE",
				  "The body is larger than allowed.", "请求体大于允许的上限。" },
	[HTTP_HEAD_TOO_SLOW] = { 408, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "HTTP_HEAD_TOO_SLOW",
				 "The headers did not arrive in time.", "请求头未能按时到达。" },
	[HTTP_BODY_TOO_SLOW] = { 408, ENGINE__CODE__CODE_DEADLINE_EXCEEDED, "HTTP_BODY_TOO_SLOW",
				 "The body did not arrive in time.", "请求体未能按时到达。" },
	[HTTP_TOO_MANY_CONNECTIONS] = { 503, ENGINE__CODE__CODE_UNAVAILABLE,
					"HTTP_TOO_MANY_CONNECTIONS",
					"There are too many connections; try again later.",
					"连接过多，请稍后再试。" },
	[HTTP_NO_ROOM] = { 503, ENGINE__CODE__CODE_UNAVAILABLE, "HTTP_NO_ROOM",
			   "There was no room for a body of this size; try again later.",
			   "暂无空间接收此大小的请求体，请稍后再试。" },
};

static const char *status_phrase(int status)
{
	static const struct {
		int status;
		const char *phrase;
	} phrases[] = {
		{ 200, "OK" },
		{ 204, "No Content" },
		{ 304, "Not Modified" },
		{ 308, "Permanent Redirect" },
		{ 400, "Bad Request" },
		{ 401, "Unauthorized" },
		{ 403, "Forbidden" },
		{ 404, "Not Found" },
		{ 405, "Method Not Allowed" },
		{ 408, "Request Timeout" },
		{ 409, "Conflict" },
		{ 413, "Content Too Large" },
		{ 414, "URI Too Long" },
		{ 415, "Unsupported Media Type" },
		{ 417, "Expectation Failed" },
		{ 429, "Too Many Requests" },
		{ 431, "Request Header Fields Too Large" },
		{ 499, "Client Closed Request" },
		{ 500, "Internal Server Error" },
		{ 501, "Not Implemented" },
		{ 503, "Service Unavailable" },
		{ 504, "Gateway Timeout" },
		{ 505, "HTTP Version Not Supported" },
	};

	for (size_t i = 0; i < sizeof(phrases) / sizeof(phrases[0]); i++) {
		if (phrases[i].status == status)
			return phrases[i].phrase;
	}
	return "Status";
}

static const char *loop_date(struct loop *loop)
{
	time_t now = time(NULL);
	struct tm utc;

	if (now != loop->date_at) {
		gmtime_r(&now, &utc);
		strftime(loop->date, sizeof(loop->date), "%a, %d %b %Y %H:%M:%S GMT", &utc);
		loop->date_at = now;
	}
	return loop->date;
}

bool reply_write(struct loop *loop, int status, const char *headers, const void *body, size_t len,
		 bool close, bool no_body)
{
	size_t headers_len = strlen(headers);
	struct bytes *out = &loop->out;
	int n;

	/* The length is that of what the caller has already. */
	no_body = no_body || status == 304;
	if (!bytes_reserve(out, 256 + headers_len + (no_body ? 0 : len)))
		return false;
	n = snprintf((char *)out->data + out->len, 256,
		     "HTTP/1.1 %d %s\r\nDate: %s\r\nContent-Length: %zu\r\n%s", status,
		     status_phrase(status), loop_date(loop), len,
		     close ? "Connection: close\r\n" : "");
	assert(n > 0 && n < 254);
	out->len += (size_t)n;
	/* Room for all of it was made above. */
	bytes_add(out, headers, headers_len);
	bytes_add(out, "\r\n", 2);
	if (!no_body)
		bytes_add(out, body, len);
	return true;
}

bool reply_fault(struct loop *loop, enum http_fault fault)
{
	Engine__Refused refused = ENGINE__REFUSED__INIT;
	struct bytes json = { 0 };
	bool done;

	refused.reason = faults[fault].reason;
	refused.message_en = faults[fault].en;
	refused.message_zh = faults[fault].zh;
	done = refusal_json(&json, faults[fault].code, &refused, false) &&
	       reply_write(loop, faults[fault].status, "Content-Type: application/json\r\n",
			   json.data, json.len, true, false);
	bytes_free(&json);
	return done;
}

bool reply_open(struct loop *loop, struct bytes *out, int status, const char *headers, bool chunked)
{
	size_t headers_len = strlen(headers);
	int n;

	if (!bytes_reserve(out, 256 + headers_len))
		return false;
	n = snprintf((char *)out->data + out->len, 256,
		     "HTTP/1.1 %d %s\r\nDate: %s\r\n%sConnection: close\r\n", status,
		     status_phrase(status), loop_date(loop),
		     chunked ? "Transfer-Encoding: chunked\r\n" : "");
	assert(n > 0 && n < 254);
	out->len += (size_t)n;
	return bytes_add(out, headers, headers_len) && bytes_add(out, "\r\n", 2);
}
