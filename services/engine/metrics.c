#include "engine/metrics.h"

#include <inttypes.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { CODES = 17, BUCKETS = 12 };

/* Upper bounds of the commit's duration, microseconds. */
static const uint64_t bound_us[BUCKETS] = { 100,   250,	  500,	 1000,	 2500,	 5000,
					    10000, 25000, 50000, 100000, 250000, 1000000 };

static const char *const code_names[CODES] = {
	"ok",
	"canceled",
	"unknown",
	"invalid_argument",
	"deadline_exceeded",
	"not_found",
	"already_exists",
	"permission_denied",
	"resource_exhausted",
	"failed_precondition",
	"aborted",
	"out_of_range",
	"unimplemented",
	"internal",
	"unavailable",
	"data_loss",
	"unauthenticated",
};

struct metrics {
	atomic_uint_fast64_t answered[METHODS_MAX][CODES];
	atomic_uint_fast64_t commits[BUCKETS + 1], commits_us, turns, parked;
};

struct metrics *metrics_open(void)
{
	return calloc(1, sizeof(struct metrics));
}

void metrics_close(struct metrics *metrics)
{
	free(metrics);
}

static void count(atomic_uint_fast64_t *counter, uint64_t by)
{
	atomic_fetch_add_explicit(counter, by, memory_order_relaxed);
}

void metrics_answered(struct metrics *metrics, unsigned method, unsigned code)
{
	if (method < METHODS_MAX && code < CODES)
		count(&metrics->answered[method][code], 1);
}

void metrics_committed(struct metrics *metrics, uint64_t took_us, unsigned turns)
{
	unsigned bucket = 0;

	while (bucket < BUCKETS && took_us > bound_us[bucket])
		bucket++;
	count(&metrics->commits[bucket], 1);
	count(&metrics->commits_us, took_us);
	count(&metrics->turns, turns);
}

void metrics_parked(struct metrics *metrics)
{
	count(&metrics->parked, 1);
}

static void tell_answers(FILE *out, const struct metrics *metrics, const struct methods *methods)
{
	const char *service = methods->service->name;

	fprintf(out, "# HELP shegong_requests_total Requests answered, by method and code.\n"
		     "# TYPE shegong_requests_total counter\n");
	for (unsigned m = 0; m < methods->n; m++) {
		for (unsigned c = 0; c < CODES; c++) {
			uint64_t n = metrics->answered[m][c];

			if (n)
				fprintf(out,
					"shegong_requests_total{service=\"%s\",method=\"%s\",code=\"%s\"} %" PRIu64
					"\n",
					service, methods->rows[m].name, code_names[c], n);
		}
	}
}

static void tell_commits(FILE *out, const struct metrics *metrics, const char *service)
{
	static const char name[] = "shegong_commit_duration_seconds";
	uint64_t sum = 0;

	fprintf(out, "# HELP %s Time a batch took to become durable.\n# TYPE %s histogram\n", name,
		name);
	for (unsigned b = 0; b < BUCKETS; b++) {
		sum += metrics->commits[b];
		fprintf(out, "%s_bucket{service=\"%s\",le=\"%g\"} %" PRIu64 "\n", name, service,
			(double)bound_us[b] / 1e6, sum);
	}
	sum += metrics->commits[BUCKETS];
	fprintf(out, "%s_bucket{service=\"%s\",le=\"+Inf\"} %" PRIu64 "\n", name, service, sum);
	fprintf(out, "%s_sum{service=\"%s\"} %.6f\n", name, service,
		(double)metrics->commits_us / 1e6);
	fprintf(out, "%s_count{service=\"%s\"} %" PRIu64 "\n", name, service, sum);
	fprintf(out,
		"# HELP shegong_turns_total Turns in committed batches.\n"
		"# TYPE shegong_turns_total counter\n"
		"shegong_turns_total{service=\"%s\"} %" PRIu64 "\n",
		service, (uint64_t)metrics->turns);
	fprintf(out,
		"# HELP shegong_parked_total Reactions that could not be carried out.\n"
		"# TYPE shegong_parked_total counter\n"
		"shegong_parked_total{service=\"%s\"} %" PRIu64 "\n",
		service, (uint64_t)metrics->parked);
}

static void tell_gauge(FILE *out, const struct gauge *gauge, const char *service, int first)
{
	if (first)
		fprintf(out, "# HELP %s %s\n# TYPE %s gauge\n", gauge->name, gauge->help,
			gauge->name);
	fprintf(out, "%s{service=\"%s\"", gauge->name, service);
	if (gauge->label)
		fprintf(out, ",%s=\"%s\"", gauge->label, gauge->value_of_label);
	fprintf(out, "} %" PRIu64 "\n", gauge->value);
}

char *metrics_text(const struct metrics *metrics, const struct methods *methods,
		   const struct gauge *gauges, size_t n, size_t *size)
{
	char *text = NULL;
	FILE *out = open_memstream(&text, size);

	if (!out)
		return NULL;
	tell_answers(out, metrics, methods);
	tell_commits(out, metrics, methods->service->name);
	for (size_t i = 0; i < n; i++)
		tell_gauge(out, &gauges[i], methods->service->name,
			   i == 0 || strcmp(gauges[i].name, gauges[i - 1].name) != 0);
	fclose(out);
	return text;
}
