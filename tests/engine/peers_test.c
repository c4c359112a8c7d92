/* Keys, addresses and the ZAP handler, without a service. */
#include <fcntl.h>
#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <zmq.h>

#include "engine/keys.h"
#include "engine/peers.h"
#include "engine/zap.h"
#include "tap.h"

/* What has been seen since the last test was told. */
static bool so = true;

static void check(bool claim)
{
	so = so && claim;
}

static void told(const char *name)
{
	ok(so, name);
	so = true;
}

static int remove_one(const char *path, const struct stat *stat_of, int kind, struct FTW *at)
{
	return remove(path);
}

static char dir[] = "/tmp/shegong-keys-XXXXXX";

static const char *path_of(const char *file)
{
	static char path[64];

	snprintf(path, sizeof(path), "%s/%s", dir, file);
	return path;
}

static void file_put(const char *file, const char *text, mode_t mode)
{
	int fd = open(path_of(file), O_WRONLY | O_CREAT | O_TRUNC, mode);

	check(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text) &&
	      fchmod(fd, mode) == 0);
	close(fd);
}

static void test_keys(void)
{
	char first[KEY_TEXT], again[KEY_TEXT], name[KEY_NAME], why[256];
	struct stat stat_of;
	bool made;

	check(keys_make(dir, "gateway", &made, why) && made);
	check(keys_public(dir, "gateway", first, why));
	check(stat(path_of("gateway.key"), &stat_of) == 0 && (stat_of.st_mode & 0777) == 0600);
	told("a pair of keys is made, and its secret is its owner's");

	check(keys_make(dir, "gateway", &made, why) && !made);
	check(keys_public(dir, "gateway", again, why) && strcmp(first, again) == 0);
	check(unlink(path_of("gateway.pub")) == 0);
	check(keys_make(dir, "gateway", &made, why) && !made);
	check(keys_public(dir, "gateway", again, why) && strcmp(first, again) == 0);
	told("a pair is not made twice; a public key that is missing comes of its secret");

	check(keys_own(dir, "gateway", why));
	check(chmod(path_of("gateway.key"), 0640) == 0 && !keys_own(dir, "gateway", why));
	check(chmod(path_of("gateway.key"), 0600) == 0 && keys_own(dir, "gateway", why));
	told("a secret that others may read is none");

	file_put("short.pub", "abc\n", 0644);
	file_put("long.pub", "0123456789012345678901234567890123456789 \n", 0644);
	file_put("odd.pub", "012345678901234567890123456789012345678\\\n", 0644);
	check(!keys_public(dir, "short", again, why) && !keys_public(dir, "long", again, why));
	check(!keys_public(dir, "odd", again, why) && !keys_public(dir, "none", again, why));
	check(!keys_public(dir, "../gateway", again, why) && !keys_public(dir, "", again, why));
	told("what is no key is not taken for one, nor what lies elsewhere");

	check(keys_make(dir, "cli", &made, why));
	check(keys_whose(dir, first, name) && strcmp(name, "gateway") == 0);
	check(keys_public(dir, "cli", again, why));
	check(unlink(path_of("cli.pub")) == 0 && !keys_whose(dir, again, name));
	told("a public key is found by its file, and is nobody's without one");

	file_put("cli.pub", first, 0644);
	check(!keys_own(dir, "cli", why));
	check(unlink(path_of("cli.pub")) == 0);
	told("two halves of different pairs are no pair");
}

static bool at(const char *where, const char *name, enum peers_side side, const char *wanted)
{
	const struct peers peers = { "/run/x", where, dir, "gateway" };
	char endpoint[PEERS_ENDPOINT];
	bool tcp;

	return peers_endpoint(&peers, name, side, endpoint, &tcp) &&
	       tcp == (strncmp(wanted, "tcp", 3) == 0) && strcmp(endpoint, wanted) == 0;
}

static void test_addresses(void)
{
	static const char *const wrong[] = { "tcp://%s",      "tcp://:7400",   "ipc:///x",
					     "tcp://a:0",     "tcp://a:65535", "tcp://a:7400x",
					     "http://a:7400", "tcp://a:",      "tcp://a:+1" };
	const char *const names[] = { "gateway" };
	char why[256];

	check(at("", "funding", PEERS_REQUESTS, "ipc:///run/x/funding.sock"));
	check(at("", "funding", PEERS_EVENTS, "ipc:///run/x/funding.events.sock"));
	check(at("tcp://%s:7400", "funding", PEERS_REQUESTS, "tcp://funding:7400"));
	check(at("tcp://%s.county:7409", "funding", PEERS_EVENTS, "tcp://funding.county:7410"));
	check(at("tcp://%s:7400,funding=tcp://[::1]:1", "funding", PEERS_EVENTS, "tcp://[::1]:2"));
	check(at("funding=tcp://h:9", "stations", PEERS_REQUESTS, "ipc:///run/x/stations.sock"));
	told("a service is where the text says, else in the directory");

	for (size_t i = 0; i < sizeof(wrong) / sizeof(wrong[0]); i++) {
		const struct peers peers = { "/run/x", wrong[i], dir, "gateway" };

		check(!peers_sound(&peers, names, 1, why));
	}
	told("what is no address is found at the start");
}

static void test_may(void)
{
	Engine__Request request = ENGINE__REQUEST__INIT;
	Engine__Principal principal = ENGINE__PRINCIPAL__INIT;

	request.method = "shegong.engine.v1.EngineService/Read";
	check(!peers_may("funding", &request));
	request.principal = &principal;
	principal.role = ENGINE__ROLE__ROLE_PROVINCE;
	check(!peers_may("funding", &request) && peers_may("gateway", &request));
	principal.role = ENGINE__ROLE__ROLE_SERVICE;
	check(peers_may("funding", &request) && peers_may("cli", &request));
	request.method = "shegong.engine.v1.EngineService/AdvanceClock";
	check(!peers_may("funding", &request) && peers_may("cli", &request));
	told("a service's key reads journals, and says nobody else's name");
}

/* --- The handler -------------------------------------------------------------------------------- */

static enum zap_answer known(void *of, const char *key, char who[static ZAP_WHO])
{
	return keys_whose(of, key, who) ? ZAP_KNOWN : ZAP_UNKNOWN;
}

static void *router_open(void *zmq, bool enforced)
{
	static const int yes = 1, none = 0;
	void *router = zmq_socket(zmq, ZMQ_ROUTER);
	char why[256], secret[64] = "";
	FILE *file = fopen(path_of("gateway.key"), "re");

	check(file && fgets(secret, sizeof(secret), file));
	if (file)
		fclose(file);
	secret[KEY_TEXT - 1] = '\0';
	zmq_setsockopt(router, ZMQ_LINGER, &none, sizeof(none));
	if (enforced) {
		check(keys_serve(router, dir, "gateway", "test", why));
	} else {
		zmq_setsockopt(router, ZMQ_CURVE_SERVER, &yes, sizeof(yes));
		zmq_setsockopt(router, ZMQ_CURVE_SECRETKEY, secret, KEY_TEXT);
	}
	check(zmq_bind(router, "tcp://127.0.0.1:*") == 0);
	return router;
}

static void test_handler(void)
{
	void *zmq = zmq_ctx_new(), *router = router_open(zmq, false), *dealer;
	char why[256] = "", endpoint[128];
	size_t size = sizeof(endpoint);
	const int none = 0, wait_ms = 3000;
	struct zap *zap;
	zmq_msg_t message;
	bool made;

	check(!zap_self_test(zmq, router, dir, "gateway", why) && strstr(why, "was let in"));
	zmq_close(router);
	told("the self-test finds a door that lets anybody in");

	router = router_open(zmq, true);
	check(zap_self_test(zmq, router, dir, "gateway", why));
	zmq_close(router);
	told("without a handler an enforced domain lets nobody in");

	zap = zap_open(zmq, "test", known, dir, why);
	check(zap != NULL);
	check(!zap_open(zmq, "other", known, dir, why));
	router = router_open(zmq, true);
	check(zap_self_test(zmq, router, dir, "gateway", why));
	told("one handler in a process; strangers, the nameless and passwords are refused");

	check(keys_make(dir, "funding", &made, why));
	dealer = zmq_socket(zmq, ZMQ_DEALER);
	zmq_setsockopt(dealer, ZMQ_LINGER, &none, sizeof(none));
	zmq_setsockopt(router, ZMQ_RCVTIMEO, &wait_ms, sizeof(wait_ms));
	check(keys_reach(dealer, dir, "funding", "gateway", why));
	zmq_getsockopt(router, ZMQ_LAST_ENDPOINT, endpoint, &size);
	check(zmq_connect(dealer, endpoint) == 0 && zmq_send(dealer, "x", 1, 0) == 1);
	zmq_msg_init(&message);
	check(zmq_msg_recv(&message, router, 0) >= 0 && zmq_msg_recv(&message, router, 0) == 1);
	check(zap_who(&message) && strcmp(zap_who(&message), "funding") == 0);
	zmq_msg_close(&message);
	told("whoever is let in carries its name on each message");

	zmq_close(dealer);
	zmq_close(router);
	zap_close(zap);
	zmq_ctx_term(zmq);
}

int main(void)
{
	if (!mkdtemp(dir))
		return 1;
	test_keys();
	test_addresses();
	test_may();
	test_handler();
	nftw(dir, remove_one, 4, FTW_DEPTH | FTW_PHYS);
	return tap_done();
}
