// Records as they are: a table of some fields, a card of one record's fields.  Headings and values
// come from the contract and the catalogue.

import type { DescField, DescMessage, Message, MessageShape } from "@bufbuild/protobuf";
import type { ComponentChildren } from "preact";
import { fieldOf, isNumber, shown } from "../show";
import { known, word } from "../words";
import type { Column, TableOf } from "./table";

// Where the values of a field lead.
type Links<M> = Partial<Record<string, (record: M) => string>>;

export const valueOf = (field: DescField, record: Message): unknown =>
  (record as unknown as Record<string, unknown>)[field.localName];

// Ids and names are in whatever language they were given in.
export function own(field: DescField, text: string): boolean {
  return field.fieldKind !== "enum" && (field.fieldKind !== "list" || field.listKind !== "enum") &&
    !isNumber(field) && !known(`${field.name}.${text}`);
}

export function columns<D extends DescMessage>(
  schema: D, names: readonly string[], links: Links<MessageShape<D>> = {}, figure = "",
): Column<MessageShape<D>>[] {
  return names.map((name) => {
    const field = fieldOf(schema, name);
    const link = links[name];
    const value = (record: MessageShape<D>) => String(valueOf(field, record) ?? "");
    return {
      name: word(name),
      text: (record) => shown(field, record),
      own: (record) => own(field, value(record)),
      number: isNumber(field),
      ...(link ? { link } : {}),
      ...(figure ? { figure: (record: MessageShape<D>) =>
        `${figure}.${idOf(schema, record)}.${field.localName}` } : {}),
    };
  });
}

// A record's id is its first field.
export const idOf = (schema: DescMessage, record: Message): string => String(valueOf(schema.fields[0]!, record) ?? "");

export function records<D extends DescMessage>(
  schema: D, rows: readonly MessageShape<D>[], names: readonly string[],
  links: Links<MessageShape<D>> = {}, figure = "",
): TableOf<MessageShape<D>> {
  return { rows, columns: columns(schema, names, links, figure) };
}

interface CardOf<D extends DescMessage> {
  schema: D;
  record: MessageShape<D>;
  names: readonly string[];
  links?: Links<MessageShape<D>>;
  title: string;
  children?: ComponentChildren;
}

// What is empty is left out.
export function Card<D extends DescMessage>({ schema, record, names, links = {}, title, children }: CardOf<D>) {
  const rows = names.map((name) => ({ name, field: fieldOf(schema, name) }))
    .map(({ name, field }) => ({ name, field, text: shown(field, record) }))
    .filter(({ text }) => text !== "");
  return (
    <section class="panel" aria-label={title}>
      <header><h2>{title}</h2></header>
      <dl>
        {rows.map(({ name, field, text }) => {
          const raw = String(valueOf(field, record) ?? "");
          const to = links[name]?.(record) ?? "";
          return (
            <>
              <dt>{word(name)}</dt>
              <dd translate={own(field, raw) ? false : undefined} data-figure={`${schema.name}.${field.localName}`}>
                {to ? <a href={to}>{text}</a> : text}
              </dd>
            </>
          );
        })}
      </dl>
      {children}
    </section>
  );
}
