# The figures of the Double Hundred Plan's stations.
include "table";

# What a notice states beside what is there; 0: it states nothing.
def beside($declared):
	if ($declared // 0) == 0 then ""
	elif . == $declared then "= 公布 declared \($declared)"
	else "≠ 公布 declared \($declared)  !! 不一致 differs" end;

$board.total as $all | $board.declared as $declared | $workforce.total as $people | [
	"",
	"\($file[0].name_zh)",
	"\($file[0].name_en)  (虚拟时钟 virtual clock; 虚构数据 made-up data)",
	"",
	($all.open | line(.; "运行中的站点"; "Stations at work"; beside($declared.stations))),
	($board.batches[] |
		line(.stations; "其中：第\(.batch)批"; "of which: batch \(.batch)";
			.declaredStations as $d | .stations | beside($d)),
		line(.workers; "第\(.batch)批站点社工"; "Workers of batch \(.batch)";
			.declaredWorkers as $d | .workers | beside($d))),
	($all.workers | line(.; "在岗社工"; "Workers in post"; beside($declared.workers))),
	line($board.centres; "区域中心"; "Regional centres"; "地市 cities \($board.cities | length)"),
	line($all.understaffed; "人手不足的站点"; "Stations that are understaffed"),
	line($all.staffed; "人数在限额内的站点"; "Stations within the limits"),
	line($all.full; "满员的站点"; "Stations that are full"),
	line($coverage.total.withStation; "已建站的镇街"; "Towns with a station";
		"镇街 towns \($coverage.total.towns)"),
	line($people.assistants; "助理社会工作师"; "Assistant social workers"),
	line($people.socialWorkers; "社会工作师"; "Social workers"),
	line($people.seniors; "高级社会工作师"; "Senior social workers"),
	line($people.uncertified; "未持证"; "Without a certificate"),
	line($people.joined; "\($workforce.year)年入职"; "Joined in \($workforce.year)"),
	line($people.left; "\($workforce.year)年离职"; "Left in \($workforce.year)"),
	line($supervisors.atWork; "在岗督导"; "Supervisors at work";
		"年度考核逾期 assessment overdue \($supervisors.assessmentsOverdue)"),
	line($cover.gaps; "尚无督导的站点"; "Stations without a supervisor";
		"运行中 at work \($cover.openStations)"),
	(["adopted", "draft", "missing"] as $keys | [$keys[] as $key | [$regulations.rows[][$key]] | add] |
		line(.[0]; "已建立的制度"; "Regulations adopted"; "草案 drafts \(.[1]), 尚缺 missing \(.[2])")),
	line($tree.entrustment.inForceUntil // "—"; "委托协议有效期至"; "Entrustment in force until"),
	""
] | .[]
