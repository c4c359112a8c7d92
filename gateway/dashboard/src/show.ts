// How a value of the contract is written: by its field's kind and name, as lists, workbooks and
// exports have it.

import { type DescField, type DescMessage, type Message, ScalarType } from "@bufbuild/protobuf";
import { known, say, word } from "./words";

const grouped = new Intl.NumberFormat("en-US");

export const count = (value: number | bigint): string => grouped.format(value);

// Hundredths with their two digits: fen as yuan, hundredths of a point.
export function hundredths(value: number | bigint): string {
  const all = BigInt(value);
  const size = all < 0n ? -all : all;
  return `${all < 0n ? "-" : ""}${grouped.format(size / 100n)}.${String(size % 100n).padStart(2, "0")}`;
}

export const percent = (part: number | bigint, whole: number | bigint): string =>
  whole ? `${((Number(part) / Number(whole)) * 100).toFixed(1)}%` : "–";

export const enumWord = (field: DescField, value: number): string => {
  const name = field.enum?.value[value]?.name ?? "";
  return value === 0 || !name ? "" : word(name);
};

function single(field: DescField, value: unknown): string {
  if (value === undefined || value === null) return "";
  if (field.enum) return enumWord(field, value as number);
  if (typeof value === "boolean") return value ? say("yes") : say("no");
  if (typeof value === "bigint" || typeof value === "number") {
    if (/_(fen|hundredths)$/.test(field.name)) return hundredths(value);
    return field.name === "year" ? String(value) : count(value);
  }
  const text = String(value);
  const key = `${field.name}.${text}`;
  return known(key) ? word(key) : text;
}

export function shown(field: DescField, message: Message): string {
  const value = (message as unknown as Record<string, unknown>)[field.localName];
  if (Array.isArray(value)) return value.map((v) => single(field, v)).join(word("dashboard.comma"));
  return single(field, value);
}

export function fieldOf(schema: DescMessage, name: string): DescField {
  const field = schema.fields.find((f) => f.name === name);
  if (!field) throw new Error(`${schema.typeName} has no ${name}`);
  return field;
}

export const isNumber = (field: DescField): boolean =>
  field.fieldKind === "scalar" && field.scalar !== ScalarType.STRING && field.scalar !== ScalarType.BOOL;

// A moment as people here read their clocks.
export const clock = (at: Date): string =>
  at.toLocaleTimeString("zh-CN", { hour12: false, timeZone: "Asia/Shanghai" });
