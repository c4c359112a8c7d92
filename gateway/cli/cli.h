#pragma once
/* The subcommands of shegong.  Each takes its own name as argv[0] and answers an exit status. */

enum {
	CLI_DONE = 0,
	CLI_REFUSED = 1,
	CLI_USAGE = 2,
	CLI_OTHER_JOURNAL = 3, /* events: went on, in a journal that is another one than before */
	CLI_UNAVAILABLE = 75,  /* a service does not answer: the same again later (EX_TEMPFAIL) */
};

int cli_backup(int argc, char **argv);
int cli_account(int argc, char **argv);
int cli_call(int argc, char **argv);
int cli_doctor(int argc, char **argv);
int cli_events(int argc, char **argv);
int cli_export(int argc, char **argv);
int cli_health(int argc, char **argv);
int cli_init(int argc, char **argv);
int cli_token(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_play(int argc, char **argv);
int cli_restore(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_clock(int argc, char **argv);
int cli_verify(int argc, char **argv);
int cli_keys(int argc, char **argv);
