// Who looks, at which year, on which business date.

import { reporting, stations, type Who } from "./api";
import { useAsk } from "./ask";
import { OVERALL } from "./offices";
import type { View } from "./offers";

// The business date as the services have it; where an office may not ask for it, today's.
async function businessDate(programmeYearId: string, who: Who, options: object): Promise<string> {
  const { role, regionCode, agencyId } = who;
  if (programmeYearId && OVERALL.includes(role)) return (await reporting.getOverview({ programmeYearId }, options)).date;
  if (programmeYearId && (agencyId || regionCode.length > 2))
    return (await reporting.getAreaOverview({ programmeYearId, ...(agencyId ? { agencyId } : { regionCode }) }, options)).date;
  return new Date().toLocaleDateString("sv-SE", { timeZone: "Asia/Shanghai" });
}

export function useView(year: string, who: Who): View | null {
  const date = useAsk(`date ${year}`, { ask: (options) => businessDate(year, who, options), touches: (event) => event.type === "DayBegan" });
  const rules = useAsk(`rules ${year}`, {
    ask: async (options) => (year ? (await stations.getProgrammeYear({ programmeYearId: year }, options)).programmeYear ?? null : null),
    touches: (event) => event.type === "RulesAmended" && event.subject === year,
  });
  if (!date.answer || (year && !rules.answer && !rules.fault)) return null;
  return { who, year, today: date.answer, rules: rules.answer };
}
