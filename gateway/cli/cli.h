#pragma once
/* The subcommands of shegong.  Each takes its own name as argv[0] and answers an exit status. */

enum {
	CLI_DONE = 0,
	CLI_REFUSED = 1,
	CLI_USAGE = 2,
	CLI_UNAVAILABLE = 75, /* a service does not answer: the same again later (EX_TEMPFAIL) */
};

int cli_call(int argc, char **argv);
int cli_import(int argc, char **argv);
int cli_play(int argc, char **argv);
int cli_status(int argc, char **argv);
int cli_clock(int argc, char **argv);
int cli_verify(int argc, char **argv);
