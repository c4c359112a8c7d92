/* The engine's own refusals, and how a refusal becomes words. */
#include "engine/inside.h"

#include <assert.h>
#include <string.h>

static const struct {
	int refusal;
	const char *reason;
	Engine__Code code;
	const char *en, *zh;
} sentences[] = {
	{ NOT_FOUND, "NOT_FOUND", ENGINE__CODE__CODE_NOT_FOUND, "There is no {about}.",
	  "没有{about}。" },
	{ STALE_REVISION, "STALE_REVISION", ENGINE__CODE__CODE_ABORTED,
	  "{about} was changed by somebody else: read it again.",
	  "{about}已被他人修改，请重新读取。" },
	{ FIELD_INVALID, "FIELD_INVALID", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "The field {about} has no valid value.", "字段{about}的值无效。" },
	{ FIELD_REQUIRED, "FIELD_REQUIRED", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "The field {about} is missing.", "缺少字段{about}。" },
	{ DATE_IN_FUTURE, "DATE_IN_FUTURE", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "The date in {about} has not come yet.", "字段{about}的日期尚未到来。" },
	{ ALREADY_TAKEN, "ALREADY_TAKEN", ENGINE__CODE__CODE_ALREADY_EXISTS,
	  "Another record has this {about}.", "{about}已被其他记录占用。" },
	{ CALLER_NOT_ALLOWED, "CALLER_NOT_ALLOWED", ENGINE__CODE__CODE_PERMISSION_DENIED,
	  "The caller's office may not do this ({about}).",
	  "来访者的职责无权办理此事（{about}）。" },
	{ CALLER_UNKNOWN, "CALLER_UNKNOWN", ENGINE__CODE__CODE_UNAUTHENTICATED,
	  "Nobody is named as the caller.", "未说明来访者身份。" },
	{ ID_INVALID, "ID_INVALID", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "A command needs an id of 1 to 64 characters A-Z a-z 0-9 . _ : -",
	  "命令编号须为1至64个字符（A-Z a-z 0-9 . _ : -）。" },
	{ ID_REUSED, "ID_REUSED", ENGINE__CODE__CODE_ALREADY_EXISTS,
	  "The command id {about} was used for other content.", "命令编号{about}已用于其他内容。" },
	{ METHOD_UNKNOWN, "METHOD_UNKNOWN", ENGINE__CODE__CODE_UNIMPLEMENTED,
	  "There is no method {about}.", "没有方法{about}。" },
	{ BODY_MALFORMED, "BODY_MALFORMED", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "The request cannot be read.", "请求无法解析。" },
	{ TURN_TOO_LARGE, "TURN_TOO_LARGE", ENGINE__CODE__CODE_RESOURCE_EXHAUSTED,
	  "The request needs more memory than one turn has.", "请求所需内存超出单次处理上限。" },
	{ STORE_FULL, "STORE_FULL", ENGINE__CODE__CODE_RESOURCE_EXHAUSTED,
	  "There is no room to record it ({about}); reading goes on.",
	  "存储空间不足（{about}），暂不接受写入，查询不受影响。" },
	{ DEADLINE_PASSED, "DEADLINE_PASSED", ENGINE__CODE__CODE_DEADLINE_EXCEEDED,
	  "What the request waits for did not come in time ({about}).",
	  "所等待的数据未在时限内到达（{about}）。" },
	{ STORE_DAMAGED, "STORE_DAMAGED", ENGINE__CODE__CODE_DATA_LOSS,
	  "The store cannot be read ({about}).", "存储无法读取（{about}）。" },
	{ CLOCK_IS_REAL, "CLOCK_IS_REAL", ENGINE__CODE__CODE_FAILED_PRECONDITION,
	  "The clock of this service is the real one.", "本服务使用真实时钟，不能拨动。" },
	{ CLOCK_GOES_BACK, "CLOCK_GOES_BACK", ENGINE__CODE__CODE_FAILED_PRECONDITION,
	  "The clock already stands at {about}.", "时钟已到{about}，不能倒拨。" },
	{ PAGE_TOKEN_INVALID, "PAGE_TOKEN_INVALID", ENGINE__CODE__CODE_INVALID_ARGUMENT,
	  "The page token is not one of this list.", "翻页标记无效。" },
	{ STOPPING, "STOPPING", ENGINE__CODE__CODE_UNAVAILABLE,
	  "The service is stopping: ask again with the same id.",
	  "服务正在停止，请稍后用同一编号重试。" },
	{ PEER_NOT_ALLOWED, "PEER_NOT_ALLOWED", ENGINE__CODE__CODE_PERMISSION_DENIED,
	  "The key {about} may only read journals.", "密钥{about}只能读取日志。" },
	{ NO_MASTER_KEY, "NO_MASTER_KEY", ENGINE__CODE__CODE_FAILED_PRECONDITION,
	  "Personal data is not taken or shown here: the service was started without a master key.",
	  "服务启动时未配置主密钥，不能受理或显示个人信息。" },
};

/* The sentence with each "{about}" replaced. */
static const char *filled(const char *sentence, const char *about, struct arena *arena)
{
	static const char mark[] = "{about}";
	const size_t mark_size = sizeof(mark) - 1, about_size = strlen(about);
	size_t size = strlen(sentence) + 1;
	char *text, *to;

	for (const char *at = sentence; (at = strstr(at, mark)); at += mark_size)
		size += about_size;
	to = text = arena_take(arena, size);
	if (!text)
		return sentence;
	for (const char *at; (at = strstr(sentence, mark)); sentence = at + mark_size) {
		to = mempcpy(to, sentence, (size_t)(at - sentence));
		to = mempcpy(to, about, about_size);
	}
	memcpy(to, sentence, strlen(sentence) + 1);
	return text;
}

/* "REFUSAL_CALL_CLOSED" is told as "CALL_CLOSED". */
static const char *reason_of(const struct service *service, int refusal)
{
	const ProtobufCEnumValue *value =
		protobuf_c_enum_descriptor_get_value(service->refusals, refusal);

	assert(value && strncmp(value->name, "REFUSAL_", 8) == 0);
	return value->name + 8;
}

Engine__Code refusal_words(const struct service *service, const struct verdict *verdict,
			   struct arena *arena, Engine__Refused *refused)
{
	const char *about = verdict->about ? verdict->about : "";

	refused->about = about;
	for (size_t i = 0; i < sizeof(sentences) / sizeof(sentences[0]); i++) {
		if (sentences[i].refusal != verdict->refusal)
			continue;
		refused->reason = sentences[i].reason;
		refused->message_en = filled(sentences[i].en, about, arena);
		refused->message_zh = filled(sentences[i].zh, about, arena);
		return sentences[i].code;
	}
	for (const struct refusal *row = service->sentences; row->refusal; row++) {
		if (row->refusal != verdict->refusal)
			continue;
		refused->reason = reason_of(service, row->refusal);
		refused->rule = row->rule ? row->rule : "";
		refused->message_en = filled(row->en, about, arena);
		refused->message_zh = filled(row->zh, about, arena);
		return row->code;
	}
	assert(false && "a refusal without a sentence");
	return ENGINE__CODE__CODE_INTERNAL;
}
