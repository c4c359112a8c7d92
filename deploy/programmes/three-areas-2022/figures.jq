# The figures of a programme year of agencies, projects and money.
include "table";

def declared:
	if .hasDeclared | not then ""
	elif .differs then "≠ 公布 declared \(.declared)  !! 不一致 differs"
	else "= 公布 declared \(.declared)" end;

$overview as $o | [
	"",
	"\($o.nameZh)",
	"\($o.nameEn)  (\($o.date), 虚拟时钟 virtual clock)",
	"",
	($o.figures[] | line(.derived; .nameZh; .nameEn; declared)),
	line($o.projects.agreementsInForce; "生效协议"; "Agreements in force";
		"其中逾期 late \($o.projects.agreementsLate)"),
	line($o.people.inPost; "在岗人员"; "People in post";
		"其中晚到 arrived late \($o.people.arrivedLate)"),
	line($o.money.entitledFen | yuan; "应得经费(元)"; "Entitlement (yuan)"),
	($o.money.sources[] | line(.entitledFen | yuan; "其中：\(.nameZh)"; "of which: \(.nameEn)")),
	line($o.money.receivedFen | yuan; "已到账(元)"; "Received (yuan)"),
	line($o.money.disbursedFen | yuan; "已拨付(元)"; "Disbursed (yuan)"),
	line($o.money.spentFen | yuan; "已支出(元)"; "Spent (yuan)"),
	line($ledger.sumFen | yuan; "账簿合计(元)"; "Sum of the ledger (yuan)";
		"\($ledger.entries) 笔分录 entries, " +
		(if $ledger.balanced then "平衡 balanced" else "!! 不平衡 NOT BALANCED" end)),
	line($o.reports.accepted; "已通过的季度报告"; "Quarterly reports accepted";
		"应交 asked \($o.reports.asked), 逾期 late \($o.reports.late)"),
	line("\($o.evaluation.evaluated) / \($o.evaluation.projects)"; "已评估项目";
		"Projects evaluated"; [$o.evaluation.grades[] | "\(.key) \(.count)"] | join(", ")),
	line($o.distribution.byState | count("DISTRIBUTION_STATE_PUBLISHED"); "已公布的下年度经费分配";
		"Next year's distributions published"),
	""
] | .[]
