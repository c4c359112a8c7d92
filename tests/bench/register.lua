-- wrk: POST RegisterPerson, each with an id and a person of its own.
local n = 0
local prefix = os.getenv("BENCH_PREFIX") or "h"

function request()
	n = n + 1
	local id = string.format("%s-%09d", prefix, n)
	local hash = string.format("%08x", (n * 2654435761) % 4294967296) .. string.rep("0", 40) ..
		string.format("%016d", n)
	local body = '{"personId":"' .. id .. '","workName":"社工","agencyId":"bench-agency",' ..
		'"certificate":"CERTIFICATE_LEVEL_SOCIAL_WORKER","practisingFrom":"2015-07-01",' ..
		'"identityHash":"' .. hash .. '","synthetic":true}'

	return wrk.format("POST", "/shegong.personnel.v1.PersonnelService/RegisterPerson", {
		["Content-Type"] = "application/json",
		["Idempotency-Key"] = id,
		["Shegong-Principal"] = "account=bench;person=p-bench;role=PROVINCE;region=53",
	}, body)
end

function done(summary)
	io.stderr:write(string.format("not 2xx: %d\n", summary.errors.status))
end
