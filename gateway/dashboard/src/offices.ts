// Which offices read what of a whole province, as the services' tables have it.

export const OVERALL = ["ROLE_MINISTRY", "ROLE_PROVINCE", "ROLE_PROJECT_OFFICE", "ROLE_AUDITOR", "ROLE_DASHBOARD"];
export const PREFECTURES = [...OVERALL, "ROLE_REGIONAL_CENTRE", "ROLE_PREFECTURE"];
