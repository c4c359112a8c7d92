/* shegong init, account and token: who may ask.  A token is made here and shown once: what goes to
 * personnel is its hash. */
#include <errno.h>
#include <fcntl.h>
#include <getopt.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <sodium.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"
#include "gateway/cli/client.h"
#include "gateway/json.h"
#include "gateway/refusal.h"
#include "gateway/token.h"

enum { ADMINISTRATORS_MAX = 16 };

/* --- Asking ------------------------------------------------------------------------------------- */

/* "key": "text", with a comma before all but the first. */
static void field_add(struct bytes *json, const char *key, const char *text)
{
	bytes_add_text(json, json->len && json->data[json->len - 1] != '{' ? ", " : "");
	refusal_string(json, key);
	bytes_add_text(json, ": ");
	refusal_string(json, text);
}

static Engine__Reply *ask(struct client *client, const char *name, const char *id,
			  const Engine__Principal *who, const struct bytes *json,
			  const struct schema_method **method)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	struct bytes wire = { 0 };
	struct json_fault fault;
	Engine__Reply *reply = NULL;
	size_t service;

	*method = client_method(client, name, &service);
	if (!*method) {
		fprintf(stderr, "%s: %s\n", name,
			client_word("the contract does not have it", "接口描述中没有此方法"));
		return NULL;
	}
	if (json_to_wire((*method)->input, (const char *)json->data, json->len, &wire, &fault)) {
		request.id = id;
		request.method = (*method)->full_name;
		request.body = (ProtobufCBinaryData){ wire.len, wire.data };
		request.principal = (Engine__Principal *)(uintptr_t)who;
		reply = client_ask(client, service, &request);
	} else {
		fprintf(stderr, "%s: %s\n  %s\n", name, fault.field,
			client_word(fault.message_en, fault.message_zh));
	}
	bytes_free(&wire);
	return reply;
}

/* Ask as --as or SHEGONG_AS says, and print the answer. */
static int ask_and_print(const char *name, const char *as, const struct bytes *json)
{
	const struct schema_method *method;
	struct bytes shown = { 0 };
	struct json_fault fault;
	struct client client;
	struct caller caller;
	Engine__Reply *reply = NULL;
	int status = CLI_USAGE;
	char id[37];

	if (client_caller(&caller, as) && caller_id_make(id)) {
		if (client_open(&client))
			reply = ask(&client, name, id, &caller.principal, json, &method);
		if (reply && reply->code) {
			client_say(name, reply);
			status = client_try_again(reply) ? CLI_UNAVAILABLE : CLI_REFUSED;
		} else if (reply && wire_to_json(method->output, reply->body.data, reply->body.len,
						 &shown, JSON_PRETTY, &fault)) {
			printf("%.*s\n", (int)shown.len, (const char *)shown.data);
			status = CLI_DONE;
		}
		if (reply)
			engine__reply__free_unpacked(reply, NULL);
		bytes_free(&shown);
		client_close(&client);
	}
	return status;
}

/* --- The place of a token ----------------------------------------------------------------------- */

static void hash_write(const char token[static TOKEN_SIZE], char text[static 65])
{
	uint8_t hash[TOKEN_HASH];

	token_hash(token, TOKEN_SIZE - 1, hash);
	sodium_bin2hex(text, 65, hash, sizeof(hash));
}

/* The token in the file, made where there is no file; the file is its owner's alone.  What is there
 * is never written over.  false: said on stderr. */
static bool token_file(const char *path, char token[static TOKEN_SIZE], bool *made)
{
	char line[TOKEN_SIZE + 1] = "";
	uint8_t hash[TOKEN_HASH];
	int file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	ssize_t got;

	*made = file >= 0;
	if (*made) {
		token_make(token);
		memcpy(line, token, TOKEN_SIZE - 1);
		line[TOKEN_SIZE - 1] = '\n';
		got = write(file, line, TOKEN_SIZE);
		if (fsync(file) == 0 && close(file) == 0 && got == TOKEN_SIZE)
			return true;
		perror(path);
		return false;
	}
	file = errno == EEXIST ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (file < 0) {
		perror(path);
		return false;
	}
	got = read(file, line, TOKEN_SIZE);
	close(file);
	if (got != TOKEN_SIZE || !token_hash(line, TOKEN_SIZE - 1, hash)) {
		fprintf(stderr, "%s: %s\n", path,
			client_word("there is a file, and no token in it; it is left as it is",
				    "文件已存在但不含令牌，未作改动"));
		return false;
	}
	memcpy(token, line, TOKEN_SIZE - 1);
	token[TOKEN_SIZE - 1] = '\0';
	return true;
}

/* --- shegong init ------------------------------------------------------------------------------- */

struct administrator {
	char account_id[65], person_id[65], path[4096], token[TOKEN_SIZE];
	const char *work_name;
};

/* "adm-li=p-li=李": account, person and the name used at work. */
static bool administrator_read(const char *text, struct administrator *to)
{
	size_t account = strcspn(text, "="), person = 0;

	if (text[account] == '=')
		person = strcspn(text + account + 1, "=");
	if (!person || text[account + 1 + person] != '=' || !text[account + person + 2] ||
	    !caller_id_valid(text, account) || !caller_id_valid(text + account + 1, person)) {
		fprintf(stderr, "%s: adm-li=p-li=李 (%s)\n", text,
			client_word("account, person, name", "账户、人员、姓名"));
		return false;
	}
	snprintf(to->account_id, sizeof(to->account_id), "%.*s", (int)account, text);
	snprintf(to->person_id, sizeof(to->person_id), "%.*s", (int)person, text + account + 1);
	to->work_name = text + account + person + 2;
	return true;
}

static void founding_write(struct bytes *json, const char *region,
			   const struct administrator *administrators, int n)
{
	bytes_add_text(json, "{");
	field_add(json, "region_code", region);
	bytes_add_text(json, ", \"founders\": [");
	for (int i = 0; i < n; i++) {
		const struct administrator *a = &administrators[i];
		char hash[65], token_id[80];

		hash_write(a->token, hash);
		snprintf(token_id, sizeof(token_id), "first-%.58s", a->account_id);
		bytes_add_text(json, i ? ", {" : "{");
		field_add(json, "account_id", a->account_id);
		field_add(json, "person_id", a->person_id);
		field_add(json, "work_name", a->work_name);
		field_add(json, "token_id", token_id);
		field_add(json, "secret_hash", hash);
		bytes_add_text(json, "}");
	}
	bytes_add_text(json, "]}");
}

/* Asked again with the files of the first time, it is the same command, and has the same answer;
 * the id is made of what is asked.  existed: it was refused, because somebody has an account. */
static int found(const char *region, const struct administrator *administrators, int n,
		 bool *existed)
{
	static const char method_name[] = "personnel.FoundAdministration";
	Engine__Principal operator= ENGINE__PRINCIPAL__INIT;
	const struct schema_method *method;
	struct bytes json = { 0 };
	struct client client;
	Engine__Reply *reply = NULL;
	int status = CLI_USAGE;
	uint8_t hash[16];
	char id[48] = "init-";

	operator.account_id = operator.person_id = "operator";
	operator.role = ENGINE__ROLE__ROLE_SERVICE;
	founding_write(&json, region, administrators, n);
	crypto_generichash(hash, sizeof(hash), json.data, json.len, NULL, 0);
	sodium_bin2hex(id + strlen(id), sizeof(id) - strlen(id), hash, sizeof(hash));
	if (client_open(&client))
		reply = ask(&client, method_name, id, &operator, & json, &method);
	if (reply && !reply->code) {
		status = CLI_DONE;
	} else if (reply) {
		client_say(method_name, reply);
		status = client_try_again(reply) ? CLI_UNAVAILABLE : CLI_REFUSED;
		*existed = reply->refusal &&
			   strcmp(reply->refusal->reason, "ADMINISTRATION_EXISTS") == 0;
	}
	if (reply)
		engine__reply__free_unpacked(reply, NULL);
	bytes_free(&json);
	client_close(&client);
	return status;
}

/* once: that somebody has an account already is well, and nothing is left to do. */
static int init(const char *region, const char *out, struct administrator *administrators, int n,
		bool once)
{
	bool made[ADMINISTRATORS_MAX] = { 0 }, existed = false;
	int status = CLI_DONE, i;

	if (mkdir(out, 0700) != 0 && errno != EEXIST) {
		perror(out);
		return CLI_REFUSED;
	}
	for (i = 0; i < n && status == CLI_DONE; i++) {
		struct administrator *a = &administrators[i];

		snprintf(a->path, sizeof(a->path), "%s/%s.token", out, a->account_id);
		if (!token_file(a->path, a->token, &made[i]))
			status = CLI_REFUSED;
	}
	if (status == CLI_DONE)
		status = found(region, administrators, n, &existed);
	/* A token that was never entered opens nothing: it is not left lying about.  Where nothing is
	 * known of the outcome it stays, for the same again. */
	for (i = 0; i < n && status != CLI_UNAVAILABLE && status != CLI_DONE; i++) {
		if (made[i])
			unlink(administrators[i].path);
	}
	for (i = 0; i < n && status == CLI_DONE; i++)
		printf("%-20s %s  %s\n", administrators[i].account_id, administrators[i].path,
		       made[i] ? client_word("give it to its holder", "请交给本人")
			       : client_word("was there", "已存在"));
	return existed && once ? CLI_DONE : status;
}

int cli_init(int argc, char **argv)
{
	static const struct option options[] = {
		{ "region", required_argument, NULL, 'r' },
		{ "administrator", required_argument, NULL, 'a' },
		{ "out", required_argument, NULL, 'o' },
		{ "once", no_argument, NULL, '1' },
		{ 0 },
	};
	struct administrator *administrators = calloc(ADMINISTRATORS_MAX, sizeof(*administrators));
	const char *region = "", *out = "tokens";
	int n = 0, status = CLI_DONE;
	bool once = false;

	if (!administrators || sodium_init() < 0)
		return CLI_REFUSED;
	for (int c; (c = getopt_long(argc, argv, "", options, NULL)) >= 0 && status == CLI_DONE;) {
		if (c == 'r')
			region = optarg;
		else if (c == 'o')
			out = optarg;
		else if (c == '1')
			once = true;
		else if (c != 'a' || n == ADMINISTRATORS_MAX ||
			 !administrator_read(optarg, &administrators[n++]))
			status = CLI_USAGE;
	}
	if (status == CLI_DONE && (!*region || !n || optind != argc))
		status = CLI_USAGE;
	if (status == CLI_DONE)
		status = init(region, out, administrators, n, once);
	else
		fputs("shegong init --region 53 --administrator adm-li=p-li=李 "
		      "--administrator adm-wang=p-wang=王 [--out DIR] [--once]\n",
		      stderr);
	free(administrators);
	return status;
}

/* --- shegong account, shegong token ------------------------------------------------------------- */

/* What may be said about either, and under which name it goes to personnel. */
static const struct {
	const char *option, *field;
} words[] = {
	{ "person", "person_id" },	     { "name", "work_name" },	  { "role", "role" },
	{ "region", "region_code" },	     { "agency", "agency_id" },	  { "reason", "reason" },
	{ "revision", "expected_revision" }, { "account", "account_id" }, { "label", "label" },
	{ "until", "valid_until" },	     { "state", "state" },
};
enum { WORDS = sizeof(words) / sizeof(words[0]) };

struct action {
	const char *name, *method,
		*id; /* id: the field for the word after the action; NULL: none */
	const char *usage;
};

static void word_add(struct bytes *json, const char *field, const char *value)
{
	char longer[96];

	if (strcmp(field, "role") == 0 && strncmp(value, "ROLE_", 5) != 0) {
		snprintf(longer, sizeof(longer), "ROLE_%.80s", value);
		value = longer;
	}
	field_add(json, field, value);
}

static int usage(const char *command, const struct action *actions)
{
	for (; actions->name; actions++)
		fprintf(stderr, "shegong %s %s %s [--as \"account=…\"]\n", command, actions->name,
			actions->usage);
	return CLI_USAGE;
}

/* The action of argv, as a request.  NULL: it is none. */
static const struct action *action_read(int argc, char **argv, const struct action *actions,
					struct bytes *json, const char **as, const char **out)
{
	struct option options[WORDS + 3] = { { "as", required_argument, NULL, WORDS },
					     { "out", required_argument, NULL, WORDS + 1 } };
	const struct action *action = actions;

	for (int i = 0; i < WORDS; i++)
		options[i + 2] = (struct option){ words[i].option, required_argument, NULL, i };
	while (argc > 1 && action->name && strcmp(action->name, argv[1]) != 0)
		action++;
	if (argc < 2 || !action->name)
		return NULL;
	bytes_add_text(json, "{");
	for (int c; (c = getopt_long(argc - 1, argv + 1, "", options, NULL)) >= 0;) {
		if (c == WORDS)
			*as = optarg;
		else if (c == WORDS + 1)
			*out = optarg;
		else if (c < WORDS)
			word_add(json, words[c].field, optarg);
		else
			return NULL;
	}
	if (argc - 1 - optind != (action->id != NULL))
		return NULL;
	if (action->id)
		field_add(json, action->id, argv[1 + optind]);
	return action;
}

int cli_account(int argc, char **argv)
{
	static const struct action actions[] = {
		{ "propose", "personnel.ProposeAccount", "account_id",
		  "ID --person ID --name NAME --role COUNTY --region 533102 [--agency ID]" },
		{ "office", "personnel.ProposeOffice", "account_id",
		  "ID --role PREFECTURE --region 5331 [--agency ID] [--revision N]" },
		{ "approve", "personnel.ApproveAccount", "account_id", "ID --revision N" },
		{ "decline", "personnel.DeclineAccount", "account_id", "ID --reason WHY" },
		{ "suspend", "personnel.SuspendAccount", "account_id", "ID --reason WHY" },
		{ "close", "personnel.CloseAccount", "account_id", "ID --reason WHY" },
		{ "show", "personnel.GetAccount", "account_id", "ID" },
		{ "list", "personnel.ListAccounts", NULL, "[--person ID] [--region CODE]" },
		{ 0 },
	};
	const char *as = config_text("SHEGONG_AS"), *out = NULL;
	struct bytes json = { 0 };
	const struct action *action = action_read(argc, argv, actions, &json, &as, &out);
	int status;

	if (!action || out)
		return usage("account", actions);
	bytes_add_text(&json, "}");
	status = ask_and_print(action->method, as, &json);
	bytes_free(&json);
	return status;
}

int cli_token(int argc, char **argv)
{
	static const struct action actions[] = {
		{ "new", "personnel.IssueToken", "token_id",
		  "ID --account ID --label WHAT [--until DATE] --out FILE" },
		{ "approve", "personnel.ApproveToken", "token_id", "ID --revision N" },
		{ "revoke", "personnel.RevokeToken", "token_id", "ID --reason WHY" },
		{ "list", "personnel.ListTokens", NULL, "[--account ID] [--region CODE]" },
		{ 0 },
	};
	const char *as = config_text("SHEGONG_AS"), *out = NULL;
	struct bytes json = { 0 };
	const struct action *action = action_read(argc, argv, actions, &json, &as, &out);
	char token[TOKEN_SIZE], hash[65];
	bool made = false;
	int status;

	if (!action || (action == actions) != (out != NULL))
		return usage("token", actions);
	if (sodium_init() < 0 || (out && !token_file(out, token, &made)))
		return CLI_REFUSED;
	if (out) {
		hash_write(token, hash);
		field_add(&json, "secret_hash", hash);
	}
	bytes_add_text(&json, "}");
	status = ask_and_print(action->method, as, &json);
	if (status != CLI_DONE && status != CLI_UNAVAILABLE && made)
		unlink(out);
	bytes_free(&json);
	return status;
}
