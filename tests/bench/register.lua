-- wrk: POST RegisterAgency, each with an id and an agency of its own.
local n = tonumber(os.getenv("BENCH_FIRST") or "500000000")
local alphabet = "0123456789ABCDEFGHJKLMNPQRTUWXY"

-- A unified social credit code with the check character of GB 32100.
local function credit_code(number)
	local code = string.format("5253%013d", number)
	local sum, weight = 0, 1

	for i = 1, 17 do
		sum = sum + (string.byte(code, i) - 48) * weight
		weight = weight * 3 % 31
	end
	local last = (31 - sum % 31) % 31 + 1
	return code .. string.sub(alphabet, last, last)
end

function request()
	n = n + 1
	local id = string.format("agency-%012d", n)
	local body = '{"agencyId":"' .. id .. '","nameZh":"示例社会工作服务中心",' ..
		'"nameEn":"Example social work centre","creditCode":"' .. credit_code(n) ..
		'","regionCode":"5301","synthetic":true}'

	return wrk.format("POST", "/shegong.personnel.v1.PersonnelService/RegisterAgency", {
		["Content-Type"] = "application/json",
		["Idempotency-Key"] = id,
		["Shegong-Principal"] = "account=bench;person=p-bench;role=PROVINCE;region=53",
	}, body)
end

function done(summary)
	io.stderr:write(string.format("not 2xx: %d\n", summary.errors.status))
end
