/* shegong: the services' command line, a table of subcommands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"

static const struct setting settings[] = {
	{ "SHEGONG_RUN", SETTING_TEXT, "/run/shegong", "The directory of the services' sockets.",
	  "各服务套接字所在目录。", 0, 0 },
	{ "SHEGONG_PEERS", SETTING_TEXT, "",
	  "Where the services are: tcp://%s:7400, where %s is the name, or name=tcp://host:port for "
	  "some, with commas between; empty: in SHEGONG_RUN.",
	  "各服务的地址：tcp://%s:7400（%s为服务名），个别的用 "
	  "name=tcp://host:port，逗号分隔；留空则在SHEGONG_RUN中。",
	  0, 0 },
	{ "SHEGONG_KEYS", SETTING_TEXT, "/etc/shegong/keys",
	  "The directory of the keys that TCP asks for.", "TCP连接所用密钥的目录。", 0, 0 },
	{ "SHEGONG_LISTEN", SETTING_TEXT, "127.0.0.1:8080",
	  "Where the gateway answers HTTP, for its health.", "网关的HTTP地址，用于健康检查。", 0,
	  0 },
	{ "SHEGONG_TLS_CERT", SETTING_TEXT, "",
	  "The gateway's certificate for HTTPS, for shegong doctor.", "网关的HTTPS证书，供检查用。",
	  0, 0 },
	{ "SHEGONG_TLS_KEY", SETTING_TEXT, "", "The certificate's key, for shegong doctor.",
	  "证书的私钥，供检查用。", 0, 0 },
	{ "SHEGONG_DATA", SETTING_TEXT, "/var/lib/shegong",
	  "The directory under which a backup is restored.", "恢复备份的数据目录。", 0, 0 },
	{ "SHEGONG_SCHEMA", SETTING_TEXT, "",
	  "The file descriptor set of the interfaces; empty: shegong.binpb beside the program or in "
	  "../share/shegong.",
	  "接口描述文件；留空则取程序旁或 ../share/shegong 中的 shegong.binpb。", 0, 0 },
	{ "SHEGONG_GATEWAY", SETTING_TEXT, "",
	  "The gateway that shegong events follows: https://host:8443; empty: the services' own "
	  "journals.",
	  "shegong events 所跟随的网关，如 https://host:8443；留空则直接读取各服务日志。", 0, 0 },
	{ "SHEGONG_TOKEN", SETTING_TEXT, "", "The file with the token that the gateway is shown.",
	  "向网关出示的令牌所在文件。", 0, 0 },
	{ "SHEGONG_CA", SETTING_TEXT, "",
	  "A PEM file with who may have signed the gateway's certificate; empty: this machine's own.",
	  "签发网关证书的机构（PEM文件）；留空则用本机自带。", 0, 0 },
	{ "SHEGONG_AS", SETTING_TEXT, "",
	  "Who acts where --as is not given: account=zhang;person=p-zhang;role=PROVINCE;region=53.",
	  "未用 --as 时的操作者：account=zhang;person=p-zhang;role=PROVINCE;region=53。", 0, 0 },
	{ 0 },
};

static const struct subcommand {
	const char *name;
	int (*run)(int argc, char **argv);
	const char *args, *en, *zh;
} subcommands[] = {
	{ "call", cli_call, "SERVICE.Method [JSON | @FILE] | --list [PREFIX]",
	  "Call one method; without a body it is read from the standard input.",
	  "调用一个方法；未给出请求体时从标准输入读取。" },
	{ "import", cli_import, "FILE.csv... | --dir DIR",
	  "Send each row of a table as a command; running it twice changes nothing.",
	  "把表格逐行作为命令发送；重复运行不会产生任何变化。" },
	{ "export", cli_export, "SERVICE.Query [JSON] FILE.csv|FILE.xlsx",
	  "Write what a query answers as a table or a workbook, all its pages.",
	  "把查询结果（全部分页）导出为表格或工作簿。" },
	{ "events", cli_events, "[--from now|start|stations=12] [--once] [--json] [--type T]...",
	  "Tell what happens in the services as it happens, or what has happened.",
	  "实时显示各服务中发生的事件，或显示已发生的事件。" },
	{ "play", cli_play, "DIR",
	  "Play a programme's files in the order of their dates on a virtual clock.",
	  "在虚拟时钟上按日期顺序播放一个项目的数据文件。" },
	{ "status", cli_status, "[--json]", "Show how each service is.", "显示各服务状态。" },
	{ "health", cli_health, "gateway | SERVICE",
	  "Whether that one program does its work, by the exit status alone.",
	  "该程序是否正常工作，以退出码表示。" },
	{ "doctor", cli_doctor, "",
	  "Look for what is amiss on this machine and in the services, and say what to do.",
	  "检查本机和各服务有无问题，并说明如何处理。" },
	{ "clock", cli_clock, "[DATE]",
	  "Show the business date, or move a virtual clock forward to it day by day.",
	  "显示业务日期，或把虚拟时钟逐日推进到该日。" },
	{ "init", cli_init, "--region CODE --administrator ACCOUNT=PERSON=NAME... [--out DIR]",
	  "Enter the first administrators, two or more, and write a token for each.",
	  "录入首批系统管理员（至少两名），并为每人写出一个令牌。" },
	{ "account", cli_account,
	  "propose | office | approve | decline | suspend | close | show | list",
	  "Open, change and close accounts; what one proposes another approves.",
	  "开立、变更和注销账户；一人提出，另一人批准。" },
	{ "token", cli_token, "new | approve | revoke | list",
	  "Issue and revoke tokens; a token is written to a file, once.",
	  "签发和吊销令牌；令牌仅写入文件一次。" },
	{ "keys", cli_keys, "make [DIR] | show [DIR] | new NAME [DIR] | master FILE",
	  "Make the keys of a set of services, one of an integrator, or the master key that people's "
	  "data are sealed with; show the public ones.",
	  "生成一组服务的密钥、一个接入方的密钥，或封存个人数据的主密钥；显示公钥。" },
	{ "verify", cli_verify, "[--backup DIR]",
	  "Walk each journal, fold it again and compare it with the records; of a backup, without "
	  "the services.",
	  "逐条核对各服务日志，重新推算并与记录比对；核对备份时无需服务运行。" },
	{ "backup", cli_backup, "DIR",
	  "Copy all stores into a new folder while they serve, so that they fit each other.",
	  "在服务运行时把全部数据备份到新目录，各份副本相互一致。" },
	{ "restore", cli_restore, "DIR",
	  "Make the stores of a backup under SHEGONG_DATA, where there are none.",
	  "在尚无数据的SHEGONG_DATA下恢复备份中的全部数据。" },
	{ 0 },
};

static void help(FILE *out)
{
	fputs("shegong [--lang zh|en] SUBCOMMAND [--help] ...\n"
	      "Works with the services of Shegong on this machine.\n"
	      "在本机上操作社工平台各服务。\n\n",
	      out);
	for (const struct subcommand *s = subcommands; s->name; s++)
		fprintf(out, "  shegong %s %s\n      %s\n      %s\n", s->name, s->args, s->en,
			s->zh);
	fputs("\nExit status / 退出码: 0 done / 完成, 1 refused or not sound / 被拒绝或有问题, "
	      "2 usage / 用法错误, 75 unavailable / 服务不可用\n"
	      "\nSettings (environment variables) / 设置（环境变量）:\n",
	      out);
	config_help(settings, out);
}

int main(int argc, char **argv)
{
	int status = config_load(settings);

	if (status)
		return status;
	/* What is said follows LC_ALL, LC_MESSAGES and LANG: the option comes before them. */
	if (argc > 2 && strcmp(argv[1], "--lang") == 0) {
		setenv("LC_ALL", argv[2], 1);
		argv += 2;
		argc -= 2;
	}
	if (argc < 2) {
		help(stderr);
		return CLI_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0) {
		help(stdout);
		return CLI_DONE;
	}
	if (strcmp(argv[1], "--settings") == 0) {
		config_lines(settings, stdout);
		return CLI_DONE;
	}
	if (strcmp(argv[1], "--version") == 0) {
		puts(SHEGONG_VERSION);
		return CLI_DONE;
	}
	for (const struct subcommand *s = subcommands; s->name; s++) {
		if (strcmp(argv[1], s->name) != 0)
			continue;
		if (argc == 3 && strcmp(argv[2], "--help") == 0) {
			printf("shegong %s %s\n%s\n%s\n", s->name, s->args, s->en, s->zh);
			return CLI_DONE;
		}
		return s->run(argc - 1, argv + 1);
	}
	fprintf(stderr, "%s: no such subcommand; shegong --help lists them / 没有该子命令\n",
		argv[1]);
	return CLI_USAGE;
}
