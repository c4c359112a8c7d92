#include "gateway/connect_head.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

#define DEADLINE_MAX_MS 600000

const struct connect_row connect_rows[CONNECT_N_REFUSALS] = {
	[CONNECT_NO_METHOD] = { 404, ENGINE__CODE__CODE_UNIMPLEMENTED, "METHOD_UNKNOWN",
				"There is no such path; GET / lists them.",
				"没有该路径，GET / 可查看全部路径。" },
	[CONNECT_NO_SERVICE] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "SERVICE_UNKNOWN",
				 "For this method the header Shegong-Service names the service, such "
				 "as personnel.",
				 "调用此方法须用请求头 Shegong-Service 指明服务，如 personnel。" },
	[CONNECT_WRONG_VERB] = { 405, ENGINE__CODE__CODE_UNIMPLEMENTED, "HTTP_METHOD_NOT_ALLOWED",
				 "Commands are sent with POST; queries with POST or GET, but with POST "
				 "alone where they name who somebody is.",
				 "命令须用 POST，查询可用 POST 或 GET；含个人身份信息的查询只能用 "
				 "POST。" },
	[CONNECT_WRONG_CODEC] = { 415, ENGINE__CODE__CODE_UNIMPLEMENTED, "CODEC_UNKNOWN",
				  "The content type is application/json or application/proto; with "
				  "GET, encoding is json or proto.",
				  "内容类型应为 application/json 或 application/proto；用 GET 时 "
				  "encoding 应为 json 或 proto。" },
	[CONNECT_COMPRESSED] = { 0, ENGINE__CODE__CODE_UNIMPLEMENTED, "ENCODING_UNKNOWN",
				 "The only encoding supported is identity.",
				 "内容编码仅支持 identity。" },
	[CONNECT_STREAMING] = { 0, ENGINE__CODE__CODE_UNIMPLEMENTED, "STREAMING",
				"This method streams and cannot be called like this.",
				"此方法为流式方法，不能以此方式调用。" },
	[CONNECT_BAD_VERSION] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "VERSION_UNKNOWN",
				  "Connect-Protocol-Version is not 1.",
				  "Connect-Protocol-Version 应为 1。" },
	[CONNECT_BAD_TIMEOUT] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "TIMEOUT_MALFORMED",
				  "Connect-Timeout-Ms is not 1 to 10 digits.",
				  "Connect-Timeout-Ms 应为 1 至 10 位数字。" },
	[CONNECT_BAD_ID] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "ID_MALFORMED",
			     "Idempotency-Key is not 1 to 64 of A-Z a-z 0-9 . _ : -",
			     "Idempotency-Key 应为 1 至 64 个 A-Z a-z 0-9 . _ : - 字符。" },
	[CONNECT_BAD_AFTER] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "AFTER_MALFORMED",
				"Shegong-After is not like stations=12,personnel=5.",
				"Shegong-After 的形式应如 stations=12,personnel=5。" },
	[CONNECT_BAD_QUERY] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "QUERY_MALFORMED",
				"The query is not like connect=v1&encoding=json&message=…, each once.",
				"查询串的形式应如 connect=v1&encoding=json&message=…，各出现一次。" },
	[CONNECT_BAD_MESSAGE] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "MESSAGE_MALFORMED",
				  "The message is not as the contract has it.",
				  "请求内容与接口定义不符。" },
	[CONNECT_FIELD_TWICE] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "HEADER_TWICE",
				  "A header that may be given once is given twice.",
				  "只能出现一次的请求头出现了两次。" },
	[CONNECT_NO_PRINCIPAL] = { 0, ENGINE__CODE__CODE_UNAUTHENTICATED, "PRINCIPAL_MISSING",
				   "Say who asks, with the header Shegong-Principal: "
				   "account=zhang;person=p-zhang;role=PROVINCE;region=53",
				   "请用请求头说明调用者，例如 Shegong-Principal: "
				   "account=zhang;person=p-zhang;role=PROVINCE;region=53" },
	[CONNECT_BAD_PRINCIPAL] = { 0, ENGINE__CODE__CODE_UNAUTHENTICATED, "PRINCIPAL_MALFORMED",
				    "Shegong-Principal is not like account=zhang;person=p-zhang;"
				    "role=PROVINCE;region=53;agency=a-1 (region and agency as the "
				    "role needs them).",
				    "Shegong-Principal 的形式应如 account=zhang;person=p-zhang;"
				    "role=PROVINCE;region=53;agency=a-1（region 与 agency 视角色而定）。" },
	[CONNECT_PRINCIPAL_NAMED] = { 0, ENGINE__CODE__CODE_INVALID_ARGUMENT, "PRINCIPAL_NAMED",
				      "Who asks follows from the token; Shegong-Principal is not taken "
				      "here.",
				      "调用者身份由令牌确定，此处不接受请求头 Shegong-Principal。" },
	[CONNECT_NO_TOKEN] = { 0, ENGINE__CODE__CODE_UNAUTHENTICATED, "TOKEN_MISSING",
			       "Say who asks, with the header Authorization: Bearer and your token.",
			       "请用请求头 Authorization: Bearer 加令牌说明调用者身份。" },
	[CONNECT_BAD_TOKEN] = { 0, ENGINE__CODE__CODE_UNAUTHENTICATED, "TOKEN_UNKNOWN",
				"The token or session is not known, is over or was revoked, or its "
				"account may not be used.",
				"令牌或会话无效、已过期、已吊销，或其账户不可使用。" },
	[CONNECT_OTHER_ORIGIN] = { 0, ENGINE__CODE__CODE_PERMISSION_DENIED, "OTHER_ORIGIN",
				   "A request with a cookie must come from a page of this gateway.",
				   "使用会话 Cookie 的请求须来自本网关的页面。" },
	[CONNECT_NOT_KEPT] = { 0, ENGINE__CODE__CODE_PERMISSION_DENIED, "NOT_KEPT",
			       "Only an account of the dashboard's office may stay signed in on a "
			       "screen, because it can change nothing.",
			       "只有看板账户可在屏幕上保持登录，因为该账户不能更改任何内容。" },
	[CONNECT_NOBODY_KNOWN] = { 0, ENGINE__CODE__CODE_UNAVAILABLE, "ACCOUNTS_UNREACHABLE",
				   "The accounts cannot be read just now; try again.",
				   "暂时无法读取账户信息，请稍后重试。" },
	[CONNECT_TOO_OFTEN] = { 0, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "TOO_OFTEN",
				"This account or address asks too often; Retry-After says when to "
				"come again.",
				"该账户或地址请求过于频繁，请按 Retry-After 所示时间重试。" },
	[CONNECT_TOO_MANY] = { 0, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "TOO_MANY_IN_FLIGHT",
			       "The request is too large, or too many wait for this service; it was "
			       "not sent.",
			       "请求过大，或等待该服务的请求过多；请求未发送。" },
	[CONNECT_BAD_REPLY] = { 0, ENGINE__CODE__CODE_INTERNAL, "REPLY_MALFORMED",
				"The service's answer is not of its type.",
				"服务的答复与其类型不符。" },
	[CONNECT_NO_MEMORY] = { 0, ENGINE__CODE__CODE_RESOURCE_EXHAUSTED, "NO_MEMORY",
				"There is no memory left for this request; it was not sent.",
				"没有足够的内存处理此请求；请求未发送。" },
};

static bool same(struct http_text text, const char *word)
{
	return text.len == strlen(word) && memcmp(text.data, word, text.len) == 0;
}

static bool same_case(const char *text, size_t len, const char *word)
{
	return len == strlen(word) && strncasecmp(text, word, len) == 0;
}

enum connect_refusal connect_head_read(const struct http_request *request,
				       struct connect_head *head)
{
	bool twice = false;
	struct http_text version = http_field(request, "connect-protocol-version", &twice);
	struct http_text timeout = http_field(request, "connect-timeout-ms", &twice);
	struct http_text encoding = http_field(request, "content-encoding", &twice);
	struct http_text id = http_field(request, "idempotency-key", &twice);
	struct http_text after = http_field(request, "shegong-after", &twice);
	struct http_text defaults = http_field(request, "shegong-defaults", &twice);
	struct http_text trace = http_field(request, "traceparent", NULL);
	uint64_t ms;

	caller_init(&head->caller);
	head->deadline_ms = 0;
	head->id[0] = head->traceparent[0] = '\0';
	if (twice)
		return CONNECT_FIELD_TWICE;
	if (version.data && !same(version, "1"))
		return CONNECT_BAD_VERSION;
	if (encoding.data && !same_case(encoding.data, encoding.len, "identity"))
		return CONNECT_COMPRESSED;
	if (timeout.data) {
		if (!caller_number(timeout.data, timeout.len, 10, &ms))
			return CONNECT_BAD_TIMEOUT;
		head->deadline_ms = (uint32_t)(ms < 1		      ? 1
					       : ms > DEADLINE_MAX_MS ? DEADLINE_MAX_MS
								      : ms);
	}
	if (id.data) {
		if (!caller_id_valid(id.data, id.len))
			return CONNECT_BAD_ID;
		memcpy(head->id, id.data, id.len);
		head->id[id.len] = '\0';
	}
	if (after.data && !caller_after(after, &head->caller))
		return CONNECT_BAD_AFTER;
	if (trace.data && caller_traceparent(trace)) {
		memcpy(head->traceparent, trace.data, trace.len);
		head->traceparent[trace.len] = '\0';
	}
	head->defaults = defaults.data && same_case(defaults.data, defaults.len, "true");
	return CONNECT_FINE;
}

/* The weight of a language range in thousandths: ";q=0.8" is 800, none is 1000. */
static int weight(struct http_text item)
{
	const char *q = item.len ? memchr(item.data, ';', item.len) : NULL;
	const char *end = item.data + item.len;
	int value = 0, unit = 100;

	if (!q)
		return 1000;
	for (q++; q < end && (*q == ' ' || *q == '\t'); q++)
		;
	if (end - q < 3 || (*q != 'q' && *q != 'Q') || q[1] != '=')
		return 1000;
	if (q[2] == '1')
		return 1000;
	for (q += 4; q < end && *q >= '0' && *q <= '9' && unit; q++, unit /= 10)
		value += (*q - '0') * unit;
	return value;
}

bool connect_english(const struct http_request *request)
{
	struct http_text list = http_field(request, "accept-language", NULL), item;
	int en = 0, zh = 0;

	while (caller_item(&list, ',', &item)) {
		int w;

		if (item.len < 2 || (item.len > 2 && item.data[2] != '-' && item.data[2] != ';'))
			continue;
		w = weight(item);
		/* Of two that are liked equally the one named first wins. */
		if (same_case(item.data, 2, "en") && w > en && w > zh)
			en = w;
		else if (same_case(item.data, 2, "zh") && w > zh && w > en)
			zh = w;
	}
	return en > zh;
}

enum connect_codec connect_codec(struct http_text type)
{
	static const char *const json[] = { "application/json", "application/json;charset=utf-8",
					    "application/json; charset=utf-8",
					    "application/json;charset=utf8",
					    "application/json; charset=utf8" };

	if (!type.data)
		return CODEC_NONE;
	if (same_case(type.data, type.len, "application/proto"))
		return CODEC_PROTO;
	for (size_t i = 0; i < sizeof(json) / sizeof(json[0]); i++) {
		if (same_case(type.data, type.len, json[i]))
			return CODEC_JSON;
	}
	return CODEC_NONE;
}

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	c = (char)(c | 0x20);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool connect_decode(struct http_text text, struct bytes *out)
{
	if (!bytes_reserve(out, text.len + 1))
		return false;
	for (size_t i = 0; i < text.len; i++) {
		char c = text.data[i];

		if (c == '+') {
			c = ' ';
		} else if (c == '%') {
			int high = i + 2 < text.len ? hex_digit(text.data[i + 1]) : -1;
			int low = i + 2 < text.len ? hex_digit(text.data[i + 2]) : -1;

			if (high < 0 || low < 0)
				return false;
			c = (char)(high * 16 + low);
			i += 2;
		}
		out->data[out->len++] = (uint8_t)c;
	}
	return true;
}

/* URL-safe or standard digits, padded or not, decoded in place from the byte at start. */
static bool base64_decode(struct bytes *text, size_t start)
{
	size_t in = start, out = start, end = text->len;
	uint32_t bits = 0;
	unsigned n = 0;

	while (end > in && end > text->len - 2 && text->data[end - 1] == '=')
		end--;
	if (end != text->len && (text->len - start) % 4 != 0)
		return false;
	for (; in < end; in++) {
		char c = (char)text->data[in];
		int value = c >= 'A' && c <= 'Z'   ? c - 'A'
			    : c >= 'a' && c <= 'z' ? c - 'a' + 26
			    : c >= '0' && c <= '9' ? c - '0' + 52
			    : c == '-' || c == '+' ? 62
			    : c == '_' || c == '/' ? 63
						   : -1;

		if (value < 0)
			return false;
		bits = bits << 6 | (uint32_t)value;
		n += 6;
		if (n >= 8) {
			n -= 8;
			text->data[out++] = (uint8_t)(bits >> n);
		}
	}
	text->len = out;
	return n < 6 && (bits & ((1u << n) - 1)) == 0;
}

enum connect_refusal connect_query(struct http_text query, enum connect_codec *codec,
				   struct bytes *message)
{
	static const char *const names[] = { "connect", "encoding", "message", "base64",
					     "compression" };
	struct http_text values[5] = { { 0 } }, item;
	size_t start = message->len;

	while (caller_item(&query, '&', &item)) {
		struct http_text key = item, value = { item.data + item.len, 0 };

		caller_pair(item, &key, &value);
		for (size_t i = 0; i < 5; i++) {
			if (!same(key, names[i]))
				continue;
			if (values[i].data)
				return CONNECT_BAD_QUERY;
			values[i] = value;
		}
	}
	*codec = same(values[1], "json")    ? CODEC_JSON
		 : same(values[1], "proto") ? CODEC_PROTO
					    : CODEC_NONE;
	if (*codec == CODEC_NONE)
		return CONNECT_WRONG_CODEC;
	if (values[0].data && !same(values[0], "v1"))
		return CONNECT_BAD_VERSION;
	if (values[4].data && !same(values[4], "identity"))
		return CONNECT_COMPRESSED;
	if (values[3].data && !same(values[3], "1") && !same(values[3], "0"))
		return CONNECT_BAD_QUERY;
	if (!values[2].data && *codec == CODEC_JSON)
		return bytes_add_text(message, "{}") ? CONNECT_FINE : CONNECT_NO_MEMORY;
	if (!connect_decode(values[2], message) ||
	    (same(values[3], "1") && !base64_decode(message, start)))
		return CONNECT_BAD_QUERY;
	return CONNECT_FINE;
}
