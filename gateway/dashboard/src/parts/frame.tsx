// What stands around every page: where one is, who one is, how fresh it is.

import type { ComponentChildren } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { Who } from "../api";
import { OVERALL, PREFECTURES } from "../offices";
import { currentStanding, listen, type Standing } from "../live";
import { address, inLanguage, type Route } from "../route";
import { clock } from "../show";
import { language, say, word } from "../words";

function useStanding(): Standing {
  const [standing, set] = useState(currentStanding);
  const [, tick] = useState(0);
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    let next = currentStanding();
    set(next);
    // Many events a second are one change of the page.
    const unlisten = listen({ standing: (now) => {
      next = now;
      waiting ??= setTimeout(() => { waiting = undefined; set(next); }, 200);
    } });
    const timer = setInterval(() => tick((n) => n + 1), 5000);
    return () => {
      unlisten();
      clearTimeout(waiting);
      clearInterval(timer);
    };
  }, []);
  return standing;
}

export function Freshness() {
  const { state, heard, lagMs, unreachable } = useStanding();
  return (
    <p class={`fresh ${unreachable.length ? "lost" : state}`} role="status" data-state={state}>
      <span class="dot" aria-hidden="true" />
      {say(`state_${state}`)}
      {" · "}{say("as_of", { time: heard ? clock(heard) : "–" })}
      {" · "}{say("lag", { seconds: lagMs === null ? "–" : (lagMs / 1000).toFixed(2) })}
      {unreachable.length > 0 &&
        <> · {say("unreachable", { names: unreachable.map((s) => word(`dashboard.service_${s}`)).join(say("comma")) })}</>}
    </p>
  );
}

interface FrameOf {
  route: Route;
  who: Who;
  leave(): void;
  children: ComponentChildren;
}

export function Frame({ route, who, leave, children }: FrameOf) {
  const year = route.params.get("year") ?? "";
  const links = [
    ...(OVERALL.includes(who.role) ? [{ page: "overview", to: address("overview", { year }) }] : []),
    ...(PREFECTURES.includes(who.role) ? [{ page: "map", to: address("map", { year }) }] : []),
    ...(who.regionCode.length > 2 ? [{ page: "area", to: address("area", { year, region: who.regionCode }) }] : []),
    { page: "work", to: address("work", { year }) },
  ].filter(() => year);
  return (
    <>
      <a class="skip" href="#main">{say("skip")}</a>
      <header class="top">
        <a class="brand" href={address("")}>{say("title")}</a>
        <nav aria-label={say("pages")}>
          <a href={address("")} aria-current={route.page === "" ? "page" : undefined}>{say("programmes")}</a>
          {links.map(({ page, to }) => (
            <a href={to} aria-current={route.page === page ? "page" : undefined}>{say(`page_${page}`)}</a>
          ))}
        </nav>
        <div class="who no-print">
          <span>{word(who.role)}{who.regionCode && ` ${who.regionCode}`}{who.agencyId && ` ${who.agencyId}`}</span>
          <button type="button" class="quiet" onClick={() => print()}>{say("print")}</button>
          <a data-reload href={inLanguage(language === "en" ? "zh" : "en")} lang={language === "en" ? "zh-CN" : "en"}>
            {say("other_language")}
          </a>
          <button type="button" class="quiet" onClick={leave}>{say("sign_out")}</button>
        </div>
        <Freshness />
      </header>
      <main id="main" tabIndex={-1}>{children}</main>
    </>
  );
}

export function Waiting({ fault }: { fault: string }) {
  return fault
    ? <p class="notice bad" role="alert">{fault}</p>
    : <p class="faint" role="status">{say("loading")}</p>;
}
