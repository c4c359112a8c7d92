# A programme year's figures as a table, from the answers of GetOverview and VerifyLedger:
#
#     jq -rn --argjson overview … --argjson ledger … -f figures.jq

# How wide a text is shown: Chinese characters take two places.
def width: explode | map(if . > 11903 then 2 else 1 end) | add // 0;
def left($n): . + (" " * ([$n - width, 0] | max));
def right($n): (" " * ([$n - width, 0] | max)) + .;

def grouped: tostring | [while(length > 0; .[:-3]) | .[-3:]] | reverse | join(",");
# "360000000" fen is 3,600,000.00 yuan.  Numbers of 64 bits come as strings.
def yuan: tostring | ltrimstr("-") as $digits | (if startswith("-") then "-" else "" end) +
	($digits | ("00" + .)[-2:]) as $part | ($digits[:-2] | if . == "" then "0" else grouped end) +
	"." + $part;
def sum(f): map(f | tonumber) | add // 0;
def count($key): map(select(.key == $key) | .count) | add // 0;

def line($figure; $zh; $en; $note):
	($figure | tostring | right(16)) + "  " + ($zh | left(30)) + ($en | left(42)) + $note | sub(" +$"; "");
def line($figure; $zh; $en): line($figure; $zh; $en; "");
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
