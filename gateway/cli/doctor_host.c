/* What can be seen on this machine without asking anybody. */
#include <dirent.h>
#include <errno.h>
#include <limits.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/timex.h>
#include <sys/vfs.h>

#include <openssl/pem.h>
#include <openssl/x509.h>

#include "engine/config.h"
#include "engine/keys.h"
#include "gateway/cli/doctor.h"
#include "gateway/cli/offline.h"

enum { CERTIFICATE_DAYS_MIN = 21, NAMES_MAX = 128, NAME_SIZE = 64 };

extern char **environ;

/* --- Settings ----------------------------------------------------------------------------------- */

/* The names that the programs say they read. */
struct names {
	char of[NAMES_MAX][NAME_SIZE];
	size_t n;
};

/* "NAME<TAB>default<TAB>sentence". */
static void name_add(void *to, const char *line)
{
	struct names *names = to;

	if (names->n < NAMES_MAX)
		snprintf(names->of[names->n++], NAME_SIZE, "%.*s", (int)strcspn(line, "\t"), line);
}

static bool name_known(const struct names *names, const char *name)
{
	/* deploy/ reads these itself. */
	static const char *const others[] = { "SHEGONG_BACKUP_HOURS", "SHEGONG_BACKUP_KEEP",
					      "SHEGONG_PROGRAMME", NULL };

	for (size_t i = 0; i < names->n; i++) {
		if (strcmp(names->of[i], name) == 0)
			return true;
	}
	for (size_t i = 0; others[i]; i++) {
		if (strcmp(others[i], name) == 0)
			return true;
	}
	return false;
}

static void program_settings(struct doctor *doctor, const char *name, struct names *names)
{
	static const struct doctor_words bad = {
		DOCTOR_WRONG,
		"With these settings the program does not start.",
		"按此设置该程序无法启动。",
		"Mend what shegong-NAME --check names; --help says what each setting takes.",
		"请更正 shegong-NAME --check 所指的设置；--help 说明各项取值。",
	};
	static const struct doctor_words absent = {
		DOCTOR_WRONG,
		"The program is not beside this one, or cannot be run.",
		"该程序不在本程序旁，或无法运行。",
		"Install all programs of one version in one folder.",
		"请将同一版本的各程序安装在同一目录。",
	};

	if (!offline_lines(name, "--settings", name_add, names))
		doctor_found(doctor, &absent, "shegong-%s", name);
	else if (offline_run(name, "--check", NULL, NULL) != 0)
		doctor_found(doctor, &bad, "shegong-%s", name);
}

void doctor_settings(struct doctor *doctor)
{
	static const struct doctor_words unread = {
		DOCTOR_LOOK,
		"No program reads a setting of that name.",
		"没有程序读取该名称的设置。",
		"Mend the name, or take it away; README.md lists all settings.",
		"请更正名称或删去；README.md 列有全部设置。",
	};
	static struct names names;

	names.n = 0;
	offline_lines(NULL, "--settings", name_add, &names);
	program_settings(doctor, "gateway", &names);
	for (size_t i = 0; i < doctor->client.n; i++)
		program_settings(doctor, doctor->client.names[i], &names);
	for (char **variable = environ; *variable; variable++) {
		char name[NAME_SIZE];

		snprintf(name, sizeof(name), "%.*s", (int)strcspn(*variable, "="), *variable);
		if (strncmp(name, "SHEGONG_", 8) == 0 && !name_known(&names, name))
			doctor_found(doctor, &unread, "%s", name);
	}
}

/* --- Files -------------------------------------------------------------------------------------- */

/* Each entry of a directory with what stat says of it; nothing where it cannot be read. */
static void each_in(struct doctor *doctor, const char *dir,
		    void (*look)(struct doctor *, const char *path, const struct stat *))
{
	DIR *open = opendir(dir);
	const struct dirent *entry;

	while (open && (entry = readdir(open))) {
		char path[PATH_MAX];
		struct stat stat;

		if (*entry->d_name == '.')
			continue;
		snprintf(path, sizeof(path), "%s/%s", dir, entry->d_name);
		if (lstat(path, &stat) == 0)
			look(doctor, path, &stat);
	}
	if (open)
		closedir(open);
}

static const struct doctor_words open_to_all = {
	DOCTOR_WRONG,
	"Everybody on this machine may get at the sockets, and so act as anybody.",
	"本机任何人均可打开套接字，从而以任何人的名义操作。",
	"Take the rights of others away (chmod o-rwx), and look who gave them.",
	"请收回其他用户的权限（chmod o-rwx），并查明由谁授予。",
};

static void socket_look(struct doctor *doctor, const char *path, const struct stat *stat)
{
	if (S_ISSOCK(stat->st_mode) && stat->st_mode & S_IWOTH)
		doctor_found(doctor, &open_to_all, "%s %04o", path, stat->st_mode & 07777);
}

static void store_look(struct doctor *doctor, const char *path, const struct stat *stat)
{
	static const struct doctor_words open = {
		DOCTOR_WRONG,
		"Others on this machine may look into the store.",
		"本机其他用户可以读取该存储。",
		"Take their rights away: chmod -R go-rwx.",
		"请收回其权限：chmod -R go-rwx。",
	};

	if (S_ISDIR(stat->st_mode) && stat->st_mode & (S_IRWXG | S_IRWXO))
		doctor_found(doctor, &open, "%s %04o", path, stat->st_mode & 07777);
}

void doctor_files(struct doctor *doctor)
{
	static const struct doctor_words absent = {
		DOCTOR_WRONG,
		"The directory of the services' sockets is not there.",
		"各服务套接字所在目录不存在。",
		"Start the services; set SHEGONG_RUN here as it is set there.",
		"请启动各服务，并在此处设置相同的SHEGONG_RUN。",
	};
	const char *run = config_text("SHEGONG_RUN");
	struct stat there;

	if (stat(run, &there) == 0 && there.st_mode & S_IRWXO)
		doctor_found(doctor, &open_to_all, "%s %04o", run, there.st_mode & 07777);
	else if (stat(run, &there) != 0 && !*config_text("SHEGONG_PEERS"))
		doctor_found(doctor, &absent, "%s: %s", run, strerror(errno));
	each_in(doctor, run, socket_look);
	each_in(doctor, config_text("SHEGONG_DATA"), store_look);
}

/* --- The file system ---------------------------------------------------------------------------- */

static const struct doctor_words over_network = {
	DOCTOR_WRONG,
	"A store does not keep its promises on a file system of that kind.",
	"存储放在此类文件系统上不能保证数据安全。",
	"Put SHEGONG_DATA on a disk of this machine: ext4 or XFS.",
	"请将SHEGONG_DATA置于本机磁盘（ext4或XFS）。",
};
static const struct doctor_words in_memory = {
	DOCTOR_LOOK,
	"The stores are gone once the machine or the container is.",
	"机器或容器停止后数据即丢失。",
	"Put SHEGONG_DATA on a disk, or in a volume.",
	"请将SHEGONG_DATA置于磁盘或数据卷。",
};

/* By the numbers of statfs(2). */
static const struct {
	unsigned long kind;
	const char *name;
	const struct doctor_words *words;
} kinds[] = {
	{ 0x6969, "NFS", &over_network },	 { 0x517b, "SMB", &over_network },
	{ 0xff534d42, "CIFS", &over_network },	 { 0xfe534d42, "SMB2", &over_network },
	{ 0x65735546, "FUSE", &over_network },	 { 0x01021997, "9p", &over_network },
	{ 0x01021994, "tmpfs", &in_memory },	 { 0x858458f6, "ramfs", &in_memory },
	{ 0x794c7630, "overlayfs", &in_memory },
};

static void kind_look(struct doctor *doctor, const char *path)
{
	struct statfs of;

	if (statfs(path, &of) != 0)
		return;
	doctor->needless = false;
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
		if (kinds[i].kind == ((unsigned long)of.f_type & 0xffffffff))
			doctor_found(doctor, kinds[i].words, "%s: %s", path, kinds[i].name);
	}
}

/* Of each store that lies here: where there is none, there is its empty folder at most. */
void doctor_disk(struct doctor *doctor)
{
	doctor->needless = true;
	for (size_t i = 0; i < doctor->client.n; i++) {
		char path[PATH_MAX];

		snprintf(path, sizeof(path), "%s/%s/redo.log", config_text("SHEGONG_DATA"),
			 doctor->client.names[i]);
		kind_look(doctor, path);
	}
}

/* --- The clock ---------------------------------------------------------------------------------- */

void doctor_clock(struct doctor *doctor)
{
	static const struct doctor_words alone = {
		DOCTOR_LOOK,
		"Nobody keeps this machine's clock right; deadlines and certificates go by it.",
		"本机时钟未与时间源同步；期限与证书均以其为准。",
		"Run chrony or systemd-timesyncd on the machine.",
		"请在本机运行chrony或systemd-timesyncd。",
	};
	struct timex timex = { 0 };
	bool virtual;

	/* Where the services answer, and all keep time by themselves, it does not matter. */
	doctor->needless = *standing_date(&doctor->standing, &virtual) && virtual;
	if (!doctor->needless && (adjtimex(&timex) == TIME_ERROR || timex.status & STA_UNSYNC))
		doctor_found(doctor, &alone, "adjtimex: unsynchronised");
}

/* --- Keys --------------------------------------------------------------------------------------- */

static const struct doctor_words key_amiss = {
	DOCTOR_WRONG,
	"Without a sound key nobody is reached on TCP.",
	"密钥不可用则无法通过TCP连接。",
	"shegong keys make makes what is missing; a secret key is its owner's alone (chmod 600).",
	"shegong keys make 可生成缺少的密钥；私钥仅归所有者（chmod 600）。",
};

static void key_look(struct doctor *doctor, const char *path, const struct stat *stat)
{
	static const struct doctor_words open = {
		DOCTOR_WRONG,
		"Others may read the secret key.",
		"其他用户可以读取该私钥。",
		"chmod 600, and make another pair: who has read it can come in by it.",
		"请执行chmod 600并更换密钥对：读过它的人可凭其进入。",
	};
	const char *end = strrchr(path, '.');

	if (end && strcmp(end, ".key") == 0 && stat->st_mode & (S_IRWXG | S_IRWXO))
		doctor_found(doctor, &open, "%s %04o", path, stat->st_mode & 07777);
}

void doctor_keys(struct doctor *doctor)
{
	const char *dir = config_text("SHEGONG_KEYS");
	char key[KEY_TEXT], why[256];

	doctor->needless = !*config_text("SHEGONG_PEERS");
	each_in(doctor, dir, key_look);
	if (doctor->needless)
		return;
	if (!keys_own(dir, "cli", why))
		doctor_found(doctor, &key_amiss, "%s", why);
	for (size_t i = 0; i < doctor->client.n; i++) {
		if (!keys_public(dir, doctor->client.names[i], key, why))
			doctor_found(doctor, &key_amiss, "%s", why);
	}
}

/* --- The certificate ---------------------------------------------------------------------------- */

static void certificate_dates(struct doctor *doctor, const char *path, const X509 *certificate)
{
	static const struct doctor_words over = {
		DOCTOR_WRONG,
		"The certificate is not valid today: browsers turn away.",
		"证书今天无效，浏览器将拒绝连接。",
		"Get another and put it in its place; the gateway reads it by itself.",
		"请换上新证书；网关会自动重新读取。",
	};
	static const struct doctor_words soon = {
		DOCTOR_LOOK,
		"The certificate ends in less than three weeks.",
		"证书将在三周内到期。",
		"Get another and put it in its place; look why it is not renewed by itself.",
		"请换上新证书，并查明未自动续期的原因。",
	};
	int days, seconds, begun, begun_seconds;

	if (!ASN1_TIME_diff(&days, &seconds, NULL, X509_get0_notAfter(certificate)) ||
	    !ASN1_TIME_diff(&begun, &begun_seconds, X509_get0_notBefore(certificate), NULL))
		return;
	if (days < 0 || seconds < 0 || begun < 0 || begun_seconds < 0)
		doctor_found(doctor, &over, "%s", path);
	else if (days < CERTIFICATE_DAYS_MIN)
		doctor_found(doctor, &soon, "%s: %d d", path, days);
}

void doctor_certificate(struct doctor *doctor)
{
	static const struct doctor_words unfit = {
		DOCTOR_WRONG,
		"There is no certificate with its key at SHEGONG_TLS_CERT and SHEGONG_TLS_KEY.",
		"SHEGONG_TLS_CERT与SHEGONG_TLS_KEY处没有相配的证书和私钥。",
		"Put both there as PEM, readable for the gateway.",
		"请放入PEM格式的证书和私钥，并使网关可读。",
	};
	const char *path = config_text("SHEGONG_TLS_CERT");
	const char *key_path = config_text("SHEGONG_TLS_KEY");
	FILE *file, *key_file;
	X509 *certificate;
	EVP_PKEY *key;

	doctor->needless = !*path;
	if (doctor->needless)
		return;
	file = fopen(path, "r");
	key_file = fopen(key_path, "r");
	certificate = file ? PEM_read_X509(file, NULL, NULL, NULL) : NULL;
	key = key_file ? PEM_read_PrivateKey(key_file, NULL, NULL, NULL) : NULL;
	if (certificate && key && X509_check_private_key(certificate, key) == 1)
		certificate_dates(doctor, path, certificate);
	else
		doctor_found(doctor, &unfit, "%s, %s", path, key_path);
	X509_free(certificate);
	EVP_PKEY_free(key);
	if (file)
		fclose(file);
	if (key_file)
		fclose(key_file);
}
