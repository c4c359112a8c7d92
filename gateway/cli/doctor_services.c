/* What the programs say of themselves.  The bounds are those of deploy/monitoring/alerts.yml. */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "base/day.h"
#include "engine/config.h"
#include "gateway/cli/doctor.h"
#include "gateway/cli/health.h"

enum { LAG_MAX = 1000, MAP_PERCENT_MAX = 75, BACKUP_HOURS_MAX = 36 };
#define DISK_FREE_MIN 2e9

/* A counter of a service; -1: it is not told. */
static double counter(const struct doctor *doctor, size_t service, const char *name)
{
	const char *at = doctor->metrics[service];
	size_t len = strlen(name);

	for (; at && *at; at = strchr(at, '\n'), at += at != NULL) {
		const char *value = strpbrk(at, " \n");

		if (strncmp(at, name, len) == 0 && strchr("{ ", at[len]) && value && *value == ' ')
			return strtod(value, NULL);
	}
	return -1;
}

void doctor_gateway(struct doctor *doctor)
{
	static const struct doctor_words silent = {
		DOCTOR_WRONG,
		"The gateway does not answer at SHEGONG_LISTEN.",
		"网关在SHEGONG_LISTEN所指地址无应答。",
		"Start it; its log says why it ended.  Where it listens elsewhere, set SHEGONG_LISTEN "
		"here as it is set there.",
		"请启动网关，其日志说明退出原因；如网关监听其他地址，请在此处设置相同的SHEGONG_LISTEN。",
	};

	if (!health_gateway())
		doctor_found(doctor, &silent, "%s", config_text("SHEGONG_LISTEN"));
}

void doctor_services(struct doctor *doctor)
{
	static const struct doctor_words silent = {
		DOCTOR_WRONG,
		"The service does not answer.",
		"服务无应答。",
		"Start it; its log says why it ended.",
		"请启动该服务，其日志说明退出原因。",
	};
	static const struct doctor_words full = {
		DOCTOR_WRONG,
		"The service refuses commands, for it lacks room; nothing is lost.",
		"服务空间不足，暂不受理命令；数据未丢失。",
		"disk: make room on its disk.  map: raise SHEGONG_MAP_MIB and start it again.",
		"disk：请腾出磁盘空间；map：请调大SHEGONG_MAP_MIB后重启。",
	};
	static const struct doctor_words version = {
		DOCTOR_LOOK,
		"The service is of another version than this program.",
		"服务与本程序版本不同。",
		"Finish the upgrade: all programs of one version.",
		"请完成升级，使各程序版本一致。",
	};

	for (size_t i = 0; i < doctor->standing.n; i++) {
		const Engine__StatusResponse *of = doctor->standing.of[i];
		const char *name = doctor->client.names[i];

		if (!of)
			doctor_found(doctor, &silent, "%s", name);
		else if (!of->ready)
			doctor_found(doctor, &full, "%s: %s", name, of->not_ready_because);
		if (of && strcmp(of->version, SHEGONG_VERSION) != 0)
			doctor_found(doctor, &version, "%s %s, shegong %s", name, of->version,
				     SHEGONG_VERSION);
	}
}

void doctor_dates(struct doctor *doctor)
{
	static const struct doctor_words behind = {
		DOCTOR_WRONG,
		"Its business date is not today's in China, though its clock is the real one.",
		"使用真实时钟，但业务日期不是今天（北京时间）。",
		"Set the machine's clock; where it is right, look why the service begins no new day.",
		"请校准本机时钟；如时钟无误，请查看服务日志中未切换日期的原因。",
	};
	static const struct doctor_words apart = {
		DOCTOR_LOOK,
		"Some services are on other dates than others.",
		"各服务的业务日期不一致。",
		"shegong clock DATE moves virtual clocks forward; with a real clock see above.",
		"虚拟时钟请用 shegong clock DATE 推进；真实时钟见上。",
	};
	const struct day today = day_of_instant((int64_t)time(NULL) * 1000000);
	const char *first = NULL, *last = NULL;

	for (size_t i = 0; i < doctor->standing.n; i++) {
		const Engine__StatusResponse *of = doctor->standing.of[i];
		struct day date;

		if (!of || !day_read(&date, of->date))
			continue;
		if (!first || strcmp(of->date, first) < 0)
			first = of->date;
		if (!last || strcmp(of->date, last) > 0)
			last = of->date;
		/* A day's end passes while we ask. */
		if (!of->virtual_clock && abs(day_between(date, today)) > 1)
			doctor_found(doctor, &behind, "%s: %s", doctor->client.names[i], of->date);
	}
	if (first && strcmp(first, last) != 0)
		doctor_found(doctor, &apart, "%s ... %s", first, last);
	doctor->needless = !first;
}

void doctor_following(struct doctor *doctor)
{
	static const struct doctor_words stopped = {
		DOCTOR_WRONG,
		"It has stopped following the other, and does not go on by itself.",
		"已停止跟随对方，不会自行恢复。",
		"A store was replaced by an older one: restore all five from one backup.",
		"某个存储被换成了较旧的版本：请从同一份备份恢复全部五个存储。",
	};
	static const struct doctor_words lags = {
		DOCTOR_LOOK,
		"It is far behind the other.",
		"落后对方较多。",
		"Look again in a minute: it should catch up.  Where it does not, its log says why.",
		"请一分钟后再看，应会赶上；若未赶上，其日志说明原因。",
	};

	for (size_t i = 0; i < doctor->standing.n; i++) {
		const Engine__StatusResponse *of = doctor->standing.of[i];

		for (size_t f = 0; of && f < of->n_followed; f++) {
			const Engine__Followed *to = of->followed[f];

			if (*to->stopped)
				doctor_found(doctor, &stopped, "%s, %s: %s", of->service,
					     to->source, to->stopped);
			else if (to->head > to->sequence + LAG_MAX)
				doctor_found(doctor, &lags, "%s, %s: %" PRIu64, of->service,
					     to->source, to->head - to->sequence);
		}
	}
}

void doctor_parked(struct doctor *doctor)
{
	static const struct doctor_words parked = {
		DOCTOR_LOOK,
		"Events of other services that it could not act on are set aside.",
		"有其他服务的事件无法处理，已被搁置。",
		"Its log has the reason and the record of each; put it right by a command.",
		"其日志载有每条的原因和相关记录，请以命令更正。",
	};

	for (size_t i = 0; i < doctor->standing.n; i++) {
		const Engine__StatusResponse *of = doctor->standing.of[i];

		if (of && of->parked)
			doctor_found(doctor, &parked, "%s: %" PRIu64, of->service, of->parked);
	}
}

void doctor_room(struct doctor *doctor)
{
	static const struct doctor_words map = {
		DOCTOR_LOOK,
		"The store nears its limit; at nine tenths commands are refused.",
		"存储接近上限；达到九成时将不再受理命令。",
		"Raise SHEGONG_MAP_MIB and start the service again.",
		"请调大SHEGONG_MAP_MIB并重启该服务。",
	};
	static const struct doctor_words disk = {
		DOCTOR_LOOK,
		"Less than 2 GB are free on its disk.",
		"其磁盘剩余空间不足2GB。",
		"Make room, or give it a larger disk, before commands are refused.",
		"请在停止受理命令之前腾出空间或更换更大的磁盘。",
	};

	for (size_t i = 0; i < doctor->client.n; i++) {
		double used = counter(doctor, i, "shegong_store_used_bytes");
		double all = counter(doctor, i, "shegong_store_map_bytes");
		double left = counter(doctor, i, "shegong_disk_free_bytes");

		if (all > 0 && used * 100 > all * MAP_PERCENT_MAX)
			doctor_found(doctor, &map, "%s: %.0f %%", doctor->client.names[i],
				     used * 100 / all);
		if (left >= 0 && left < DISK_FREE_MIN)
			doctor_found(doctor, &disk, "%s: %.1f GB", doctor->client.names[i],
				     left / 1e9);
	}
}

void doctor_backups(struct doctor *doctor)
{
	static const struct doctor_words never = {
		DOCTOR_LOOK,
		"No backup has ever been taken of it.",
		"从未备份。",
		"shegong backup DIR takes one of all services while they serve; see that it is done "
		"each day.",
		"shegong backup DIR 可在运行时备份全部服务；请安排每日执行。",
	};
	static const struct doctor_words old = {
		DOCTOR_LOOK,
		"The last backup is older than 36 hours.",
		"最近一次备份已超过36小时。",
		"Take one now, and look why the scheduled one does not run.",
		"请立即备份，并查明定时备份未执行的原因。",
	};
	const double now = (double)time(NULL);

	for (size_t i = 0; i < doctor->client.n; i++) {
		double at = counter(doctor, i, "shegong_backup_timestamp_seconds");

		if (at == 0)
			doctor_found(doctor, &never, "%s", doctor->client.names[i]);
		else if (at > 0 && now - at > BACKUP_HOURS_MAX * 3600.0)
			doctor_found(doctor, &old, "%s: %.0f h", doctor->client.names[i],
				     (now - at) / 3600);
	}
}
