#include "gateway/event_head.h"

#include "gateway/wire_cursor.h"

/* The numbers of engine.v1.Event. */
enum { SEQUENCE = 2, DATE = 4, TYPE = 5, BODY = 6 };

bool event_head_read(const ProtobufCBinaryData *event, struct event_head *head)
{
	struct wire_cursor c = { event->data, event->data + event->len };

	*head = (struct event_head){ 0 };
	while (c.at < c.end) {
		struct wire_cursor piece = { 0 };
		struct wire_tag tag = { 0 };
		ProtobufCBinaryData value;

		if (wire_tag(&c, &tag) != JSON_NO_TROUBLE)
			return false;
		if (tag.number > BODY)
			break;
		if (tag.number == SEQUENCE) {
			if (tag.wire != 0 || wire_varint(&c, &head->sequence) != JSON_NO_TROUBLE)
				return false;
			continue;
		}
		if (tag.wire != 2 || wire_piece(&c, &piece) != JSON_NO_TROUBLE)
			return false;
		value.data = (uint8_t *)(uintptr_t)piece.at;
		value.len = (size_t)(piece.end - piece.at);
		if (tag.number == DATE)
			head->date = value;
		else if (tag.number == TYPE)
			head->type = value;
		else if (tag.number == BODY)
			head->body = value;
	}
	return head->sequence > 0;
}
