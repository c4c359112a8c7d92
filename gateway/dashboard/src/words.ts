// Everything that is read comes from gateway/words.csv, in the language that the address names.

export type Language = "zh" | "en";

export const language: Language =
  new URLSearchParams(location.search).get("lang") === "en" ? "en" : "zh";

let words: Record<string, string> = {};

export async function loadWords(): Promise<void> {
  const file = language === "en"
    ? await import("../generated.tmp/words.en.json")
    : await import("../generated.tmp/words.zh.json");
  words = file.default;
  document.documentElement.lang = language === "en" ? "en" : "zh-CN";
}

export const known = (key: string): boolean => key in words;

// What a key is called; parts in braces are filled in: "{n} of {all}".
export function word(key: string, parts: Record<string, string | number> = {}): string {
  const text = words[key] ?? `⟦${key}⟧`;
  return text.replace(/\{(\w+)\}/g, (all, name: string) => String(parts[name] ?? all));
}

export const say = (key: string, parts?: Record<string, string | number>): string =>
  word(`dashboard.${key}`, parts);

interface Named { nameZh: string; nameEn: string }

export const named = (of: Named): string =>
  (language === "en" ? of.nameEn || of.nameZh : of.nameZh || of.nameEn);
