/* shegong: the services' command line, a table of subcommands. */
#include <stdio.h>
#include <string.h>

#include "engine/config.h"
#include "gateway/cli/cli.h"

static const struct setting settings[] = {
	{ "SHEGONG_RUN", SETTING_TEXT, "/run/shegong", "The directory of the services' sockets.",
	  "各服务套接字所在目录。", 0, 0 },
	{ "SHEGONG_SCHEMA", SETTING_TEXT, "",
	  "The file descriptor set of the interfaces; empty: shegong.binpb beside the program or in "
	  "../share/shegong.",
	  "接口描述文件；留空则取程序旁或 ../share/shegong 中的 shegong.binpb。", 0, 0 },
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
	{ "call", cli_call, "SERVICE.Method [JSON | @FILE]",
	  "Call one method; without a body it is read from the standard input.",
	  "调用一个方法；未给出请求体时从标准输入读取。" },
	{ "import", cli_import, "FILE.csv... | --dir DIR",
	  "Send each row of a table as a command; running it twice changes nothing.",
	  "把表格逐行作为命令发送；重复运行不会产生任何变化。" },
	{ "play", cli_play, "DIR",
	  "Play a programme's files in the order of their dates on a virtual clock.",
	  "在虚拟时钟上按日期顺序播放一个项目的数据文件。" },
	{ "status", cli_status, "[--json]", "Show how each service is.", "显示各服务状态。" },
	{ "clock", cli_clock, "[DATE]",
	  "Show the business date, or move a virtual clock forward to it day by day.",
	  "显示业务日期，或把虚拟时钟逐日推进到该日。" },
	{ "verify", cli_verify, "",
	  "Walk each journal, fold it again and compare it with the records.",
	  "逐条核对各服务日志，重新推算并与记录比对。" },
	{ 0 },
};

static void help(FILE *out)
{
	fputs("shegong SUBCOMMAND [--help] ...\n"
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
