// What an office is offered to do with a record.  An offer stands where the services' tables let the
// office send the command, the record lies in its area and is its agency's, and stands as the command
// asks for: nothing is offered that the service would refuse, as far as that can be known here.

import type { DescMessage, DescMethodUnary, Message } from "@bufbuild/protobuf";
import type { CallOptions } from "@connectrpc/connect";
import type { ProgrammeYear } from "../generated.tmp/shegong/stations/v1/stations_pb";
import senders from "../generated.tmp/offers.json";
import type { Who } from "./api";

// Who looks, and when.
export interface View {
  who: Who;
  year: string;
  today: string; // the business date
  rules: ProgrammeYear | null;
}

export interface Offer<R> {
  name: string; // of the button, a key of the catalogue
  command: DescMethodUnary;
  ask?: readonly string[]; // the fields of the request that a person fills in; one with "?" may stay empty
  given?(record: R, view: View): object; // what else the request takes
  most?(record: R): bigint; // of an amount, which is also what is proposed
  since?(record: R): string; // the first day that is taken
  stands?(record: R, view: View): boolean;
  aside?: boolean; // not what is mostly done
}

// Records that wait for somebody, and what may be done with them.
export interface Queue<R> {
  title: string; // a key of the catalogue
  schema: DescMessage;
  list(view: View, options: CallOptions): Promise<R[]>;
  touches: readonly string[]; // events whose names begin so may change the list
  offers: readonly Offer<R>[];
  shows: readonly string[]; // fields that say what it is about
  to?(record: R): Record<string, string> & { page: string }; // where the record is looked at
  due?(record: R): string; // the day until which it waits
  wherever?: boolean; // whoever sees the record may
}

export type AnyQueue = Queue<any>;

type Placed = Message & { regionCode?: string; agencyId?: string };

export function mayEver({ who }: View, { command }: Offer<never>): boolean {
  const name = `${command.parent.typeName.split(".")[1]}.${command.name}`;
  return ((senders as Record<string, string[]>)[name] ?? []).includes(who.role);
}

const inArea = ({ who }: View, { regionCode = "", agencyId = "" }: Placed): boolean =>
  who.regionCode !== "" && regionCode.startsWith(who.regionCode) &&
  (who.agencyId ? agencyId === who.agencyId : who.role !== "ROLE_AGENCY");

// What the office may do with the record now.
export function offersOf<R>(queue: Queue<R>, record: R, view: View): readonly Offer<R>[] {
  if (!queue.wherever && !inArea(view, record as Placed)) return [];
  return queue.offers.filter((offer) => mayEver(view, offer) && (offer.stands?.(record, view) ?? true));
}
