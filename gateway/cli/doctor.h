#pragma once
/* What shegong doctor finds.  Its checks are a table in doctor.c; those of this machine stand in
 * doctor_host.c, those that ask the services in doctor_services.c. */

#include "gateway/cli/standing.h"

enum doctor_level {
	DOCTOR_LOOK,  /* somebody should look at it */
	DOCTOR_WRONG, /* something is not served, or not safe */
};

/* What is so, and what to do. */
struct doctor_words {
	enum doctor_level level;
	const char *en, *zh, *do_en, *do_zh;
};

enum { DOCTOR_FOUND_MAX = 64, DOCTOR_ABOUT = 320 };

struct doctor {
	struct client client;
	struct standing standing;
	char *metrics[CLIENT_SERVICES_MAX]; /* each service's counters as text; NULL: no answer */
	struct {
		char about[DOCTOR_ABOUT]; /* "funding", "/etc/shegong/keys/cli.key" */
		const struct doctor_words *words;
	} found[DOCTOR_FOUND_MAX]; /* by the check that is being made */
	size_t n_found;
	bool needless; /* the check that is being made is about nothing that is in use here */
};

/* Write down what a check has found; about is a format. */
__attribute__((format(printf, 3, 4))) void
doctor_found(struct doctor *, const struct doctor_words *, const char *about, ...);

/* --- This machine ------------------------------------------------------------------------------- */

void doctor_settings(struct doctor *);
void doctor_files(struct doctor *);
void doctor_disk(struct doctor *);
void doctor_clock(struct doctor *);
void doctor_keys(struct doctor *);
void doctor_certificate(struct doctor *);

/* --- The programs ------------------------------------------------------------------------------- */

void doctor_gateway(struct doctor *);
void doctor_services(struct doctor *);
void doctor_dates(struct doctor *);
void doctor_following(struct doctor *);
void doctor_parked(struct doctor *);
void doctor_room(struct doctor *);
void doctor_backups(struct doctor *);
