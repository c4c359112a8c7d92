#include "gateway/json_fault.h"

#include <stdio.h>

static const struct {
	const char *en, *zh;
} sentences[JSON_N_TROUBLES] = {
	[JSON_TOO_LONG] = { "The message is longer than 1 MiB.", "消息超过 1 MiB。" },
	[JSON_TOO_DEEP] = { "Messages are nested more than 16 deep.", "消息嵌套超过 16 层。" },
	[JSON_NO_ROOM] = { "There is no memory left for this message.",
			   "没有足够的内存处理此消息。" },
	[JSON_SYNTAX] = { "This is not JSON.", "不是合法的 JSON。" },
	[JSON_UNFINISHED] = { "The JSON ends too early.", "JSON 不完整。" },
	[JSON_TRAILING] = { "There is more text after the JSON.", "JSON 之后还有多余内容。" },
	[JSON_OBJECT_WANTED] = { "An object is expected.", "此处应为对象。" },
	[JSON_LIST_WANTED] = { "A list is expected.", "此处应为列表。" },
	[JSON_STRING_WANTED] = { "A string is expected.", "此处应为字符串。" },
	[JSON_NUMBER_WANTED] = { "A number is expected.", "此处应为数字。" },
	[JSON_BOOL_WANTED] = { "true or false is expected.", "此处应为 true 或 false。" },
	[JSON_ENUM_WANTED] = { "The name of a value is expected.", "此处应为枚举值的名称。" },
	[JSON_KEY_UNKNOWN] = { "There is no such field.", "没有这个字段。" },
	[JSON_KEY_TWICE] = { "The field is given twice.", "字段重复。" },
	[JSON_ONEOF_TWICE] = { "Only one field of this group may be given.",
			       "这一组字段只能填写其中一个。" },
	[JSON_NULL_IN_LIST] = { "A list may not contain null.", "列表中不能有 null。" },
	[JSON_NULL_ALONE] = { "The whole message may not be null.", "整个消息不能为 null。" },
	[JSON_BAD_ESCAPE] = { "There is no such escape in JSON.", "无效的转义字符。" },
	[JSON_BAD_UTF8] = { "The text is not UTF-8.", "文本不是有效的 UTF-8。" },
	[JSON_LONE_SURROGATE] = { "Half of a surrogate pair stands alone.", "代理对不完整。" },
	[JSON_NUL] = { "The text contains the character NUL.", "文本中含有空字符。" },
	[JSON_CONTROL] = { "A control character must be escaped.", "控制字符必须转义。" },
	[JSON_NOT_WHOLE] = { "A whole number is expected.", "此处应为整数。" },
	[JSON_OUT_OF_RANGE] = { "The number is out of range.", "数字超出范围。" },
	[JSON_NUMBER_LONG] = { "The number has too many digits.", "数字的位数过多。" },
	[JSON_ENUM_UNKNOWN] = { "There is no such value.", "没有这个枚举值。" },
	[JSON_BAD_BASE64] = { "The text is not base64.", "文本不是有效的 base64。" },
	[JSON_BAD_TIMESTAMP] = { "A time such as 2022-07-31T08:00:00Z is expected.",
				 "此处应为时间，例如 2022-07-31T08:00:00Z。" },
	[JSON_TIMESTAMP_RANGE] = { "The time is not between the years 1 and 9999.",
				   "时间不在公元 1 年至 9999 年之间。" },
	[JSON_BAD_DURATION] = { "A duration such as 1.5s is expected.",
				"此处应为时长，例如 1.5s。" },
	[JSON_DURATION_RANGE] = { "The duration is out of range.", "时长超出范围。" },
	[WIRE_SHORT] = { "The packed bytes end too early.", "编码数据不完整。" },
	[WIRE_VARINT] = { "A number in the packed bytes is malformed.",
			  "编码数据中的数字格式错误。" },
	[WIRE_TAG] = { "The packed bytes contain no valid field here.",
		       "编码数据中此处没有有效字段。" },
	[WIRE_TYPE] = { "The field is packed as another type.", "字段的编码类型不符。" },
	[WIRE_UNKNOWN] = { "There is no field with this number.", "没有这个编号的字段。" },
};

/* Which sentences are clearer with the byte where it happened. */
static bool names_byte(enum json_trouble trouble)
{
	return trouble == JSON_SYNTAX || trouble == JSON_TRAILING || trouble == JSON_UNFINISHED;
}

/* Adds what fits; a character that does not fit whole is left out. */
static void add(char *to, size_t cap, const char *text, size_t len)
{
	size_t had = strlen(to);
	size_t fits = len < cap - 1 - had ? len : cap - 1 - had;
	if (fits < len)
		while (fits > 0 && ((uint8_t)text[fits] & 0xc0) == 0x80)
			fits--;
	for (size_t i = 0; i < fits; i++)
		to[had + i] = (uint8_t)text[i] < ' ' ? '?' : text[i];
	to[had + fits] = 0;
}

bool json_fault_set(struct json_fault *fault, enum json_trouble trouble,
		    const struct json_path *path, const char *name, size_t name_len, size_t at)
{
	size_t cap = sizeof fault->field;
	char number[32];

	*fault = (struct json_fault){ .no_room = trouble == JSON_NO_ROOM };
	for (unsigned i = 0; i < path->n; i++) {
		if (i)
			add(fault->field, cap, ".", 1);
		add(fault->field, cap, path->step[i].field->name,
		    strlen(path->step[i].field->name));
		if (path->step[i].index != JSON_NO_INDEX) {
			int n = snprintf(number, sizeof number, "[%zu]", path->step[i].index);
			add(fault->field, cap, number, (size_t)n);
		}
	}
	if (name) {
		if (path->n)
			add(fault->field, cap, ".", 1);
		add(fault->field, cap, name, name_len);
	}

	const char *en = sentences[trouble].en, *zh = sentences[trouble].zh;
	if (names_byte(trouble)) {
		snprintf(fault->message_en, sizeof fault->message_en, "%s (byte %zu)", en, at);
		snprintf(fault->message_zh, sizeof fault->message_zh, "%s（第 %zu 字节）", zh, at);
	} else {
		snprintf(fault->message_en, sizeof fault->message_en, "%s", en);
		snprintf(fault->message_zh, sizeof fault->message_zh, "%s", zh);
	}
	return false;
}

bool json_utf8(const uint8_t *p, size_t len)
{
	const uint8_t *end = p + len;
	while (p < end) {
		uint8_t c = *p++;
		if (c < 0x80)
			continue;
		/* The bounds of the second byte keep out overlong forms, surrogates and the rest. */
		uint8_t low = 0x80, high = 0xbf;
		size_t more;
		if (c >= 0xc2 && c <= 0xdf)
			more = 1;
		else if (c >= 0xe0 && c <= 0xef)
			more = 2;
		else if (c >= 0xf0 && c <= 0xf4)
			more = 3;
		else
			return false;
		if (c == 0xe0)
			low = 0xa0;
		if (c == 0xed)
			high = 0x9f;
		if (c == 0xf0)
			low = 0x90;
		if (c == 0xf4)
			high = 0x8f;
		if ((size_t)(end - p) < more || p[0] < low || p[0] > high)
			return false;
		for (size_t i = 1; i < more; i++)
			if ((p[i] & 0xc0) != 0x80)
				return false;
		p += more;
	}
	return true;
}
