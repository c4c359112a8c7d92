/* What reporting refuses, in words. */
#include "reporting.h"

#define REFUSAL(reason) REPORTING__REFUSAL__REFUSAL_##reason
#define CODE(code)	ENGINE__CODE__CODE_##code

const struct refusal reporting_refusals[] = {
	{ REFUSAL(OBLIGATION_SETTLED), CODE(FAILED_PRECONDITION), NULL,
	  "The obligation {about} is met or waived already.", "事项{about}已完成或已免除。" },
	{ REFUSAL(ALERT_CLEARED), CODE(FAILED_PRECONDITION), NULL,
	  "The alert {about} is cleared: there is no more cause for it.", "提醒{about}已解除。" },
	{ REFUSAL(ALERT_ACKNOWLEDGED), CODE(FAILED_PRECONDITION), NULL,
	  "The alert {about} is acknowledged already.", "提醒{about}已有人确认。" },
	{ REFUSAL(REPORT_EXISTS), CODE(ALREADY_EXISTS), "B35",
	  "There is the report {about} already: a site hands in one report for a period.",
	  "报告{about}已存在：每个服务点每期只报送一份。" },
	{ REFUSAL(REPORT_NOT_DUE), CODE(FAILED_PRECONDITION), "B35",
	  "No report for {about} is due from this site.", "该服务点无需报送{about}的报告。" },
	{ REFUSAL(AUTHOR_NOT_OF_SITE), CODE(PERMISSION_DENIED), NULL,
	  "The report of the site {about} is written by its agency or its own civil affairs "
	  "department.",
	  "服务点{about}的报告由其机构或所在地民政部门撰写。" },
	{ REFUSAL(REPORT_NOT_OPEN), CODE(FAILED_PRECONDITION), NULL,
	  "The report {about} is handed in; its words stand.",
	  "报告{about}已提交，内容不再修改。" },
	{ REFUSAL(REPORT_EMPTY), CODE(FAILED_PRECONDITION), "B35",
	  "The report {about} says nothing of the progress.", "报告{about}未填写工作进展。" },
	{ REFUSAL(SUBMITTED_TOO_EARLY), CODE(FAILED_PRECONDITION), NULL,
	  "The report {about} is dated before its project started.",
	  "报告{about}的报送日期早于项目启动日期。" },
	{ REFUSAL(REPORT_NOT_SUBMITTED), CODE(FAILED_PRECONDITION), NULL,
	  "The report {about} does not wait for a review.", "报告{about}不在待审状态。" },
	{ REFUSAL(REPORT_OWN), CODE(PERMISSION_DENIED), NULL,
	  "Who handed in the report {about} does not accept it.",
	  "提交报告{about}的人不得审核同一报告。" },
	{ 0 },
};
