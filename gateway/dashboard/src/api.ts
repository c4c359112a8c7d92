// The public interface: Connect clients, who asks, and what an answer has seen.

import { Code, ConnectError, createClient, type Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import type { DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import { FundingService } from "../generated.tmp/shegong/funding/v1/funding_pb";
import { PersonnelService } from "../generated.tmp/shegong/personnel/v1/personnel_pb";
import { ReportingService } from "../generated.tmp/shegong/reporting/v1/reporting_pb";
import { StationsService } from "../generated.tmp/shegong/stations/v1/stations_pb";
import { SupervisionService } from "../generated.tmp/shegong/supervision/v1/supervision_pb";
import { language } from "./words";

// --- Who asks ------------------------------------------------------------------------------------

export interface Who {
  accountId: string;
  personId: string;
  role: string;
  regionCode: string;
  agencyId: string;
}

const ANSWER_MS = 12_000; // a gateway gives up after ten seconds; a connection that is dead never does
const PRINCIPAL = "shegong-principal";
const listeners = new Set<() => void>();
let sent: string | null = sessionStorage.getItem(PRINCIPAL); // for development only

// The headers that every request carries.
export const headers = (): Record<string, string> => ({
  "Accept-Language": language,
  ...(sent ? { "Shegong-Principal": sent } : {}),
});

// What is known of the caller: his office; whether the gateway takes tokens or believes a header.
export type Session =
  | { state: "in"; who: Who }
  | { state: "out"; development: boolean; said: string };

async function session(method: string, more: Record<string, string> = {}, query = ""): Promise<Session> {
  const answer = await fetch(`/v1/session${query}`, {
    method, headers: { ...headers(), ...more }, cache: "no-store", signal: AbortSignal.timeout(ANSWER_MS),
  });
  const body = await answer.json();
  if (answer.ok && method !== "DELETE") return { state: "in", who: body as Who };
  const reason = body.details?.[0]?.debug?.reason ?? "";
  return {
    state: "out",
    development: reason === "PRINCIPAL_MISSING",
    said: /_MISSING$/.test(reason) || answer.ok ? "" : String(body.message ?? ""),
  };
}

// What a screen has kept lets it in again: a cookie that no script reads, so one has to try.
const again = (): Promise<Session> => session("POST");

export async function whoAmI(): Promise<Session> {
  const got = await session("GET");
  if (got.state === "in" || got.development) return got;
  const kept = await again();
  return kept.state === "in" ? kept : got;
}

export const signIn = (secret: string, keep: boolean): Promise<Session> =>
  session("POST", { Authorization: `Bearer ${secret.trim()}` }, keep ? "?keep=true" : "");

export async function signInAs(principal: string): Promise<Session> {
  sent = principal;
  const got = await whoAmI();
  if (got.state === "in") sessionStorage.setItem(PRINCIPAL, principal);
  else sent = null;
  return got;
}

export async function signOut(): Promise<void> {
  // A session that has ended cannot be ended; what was kept must go all the same.
  if (!sent && (await session("DELETE")).state === "out" && (await again()).state === "in") await session("DELETE");
  sent = null;
  sessionStorage.removeItem(PRINCIPAL);
}

export function onSessionEnd(listener: () => void): void {
  listeners.add(listener);
}

// A session has ended: a screen that was kept signed in begins another, others are told.
let ending: Promise<boolean> | null = null;

export function sessionEnded(): Promise<boolean> {
  ending ??= (async () => {
    const inside = (await again()).state === "in";
    if (!inside) for (const listener of listeners) listener();
    return inside;
  })().finally(() => { ending = null; });
  return ending;
}

// --- Calls ---------------------------------------------------------------------------------------

const asWho: Interceptor = (next) => async (request) => {
  for (const [name, value] of Object.entries(headers())) request.header.set(name, value);
  try {
    return await next(request);
  } catch (error) {
    if (ConnectError.from(error).code === Code.Unauthenticated && await sessionEnded())
      return next(request);
    throw error;
  }
};

const transport = createConnectTransport({
  baseUrl: location.origin, useHttpGet: true, interceptors: [asWho], defaultTimeoutMs: ANSWER_MS,
});

export const funding = createClient(FundingService, transport);
export const personnel = createClient(PersonnelService, transport);
export const reporting = createClient(ReportingService, transport);
export const stations = createClient(StationsService, transport);
export const supervision = createClient(SupervisionService, transport);

// Where the journals stood that an answer rests on.
export type Positions = Record<string, bigint>;

export function readPositions(header: Headers): Positions {
  const text = header.get("Shegong-Seen") ?? header.get("Shegong-Position") ?? "";
  return Object.fromEntries(text.split(",").filter(Boolean).map((part) => {
    const [source = "", sequence = "0"] = part.split("=");
    return [source.trim(), BigInt(sequence)];
  }));
}

// A command's key: sent again under the same one, it is the same command.
export const newKey = (): string => `dashboard-${crypto.randomUUID()}`;

// A command that is known by its method.
export const command = async <M extends DescMethodUnary>(
  method: M, message: MessageInitShape<M["input"]>, key: string,
): Promise<void> => {
  await transport.unary(method, undefined, undefined, { "Idempotency-Key": key }, message);
};

// Whether it is not known what came of a command: it is to be sent again under its key.
export const outcomeUnknown = (error: unknown): boolean =>
  [Code.Unavailable, Code.DeadlineExceeded, Code.Unknown, Code.Canceled].includes(ConnectError.from(error).code);

// What is told to a person of an error: the service's own sentence.
export const sentence = (error: unknown): string => ConnectError.from(error).rawMessage;
