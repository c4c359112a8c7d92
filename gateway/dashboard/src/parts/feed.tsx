// What just happened, in people's words.

import { useEffect, useState } from "preact/hooks";
import { type Happened, listen, recentEvents } from "../live";
import { clock } from "../show";
import { say, word } from "../words";

const SHOWN = 12;

export function Feed() {
  const [events, set] = useState<readonly Happened[]>(() => recentEvents().slice(0, SHOWN));
  useEffect(() => {
    let waiting: ReturnType<typeof setTimeout> | undefined;
    const changed = () => {
      waiting ??= setTimeout(() => {
        waiting = undefined;
        set(recentEvents().slice(0, SHOWN));
      }, 250);
    };
    const unlisten = listen({ happened: changed, reset: changed });
    return () => {
      unlisten();
      clearTimeout(waiting);
    };
  }, []);
  return (
    <section class="panel" aria-label={say("feed")}>
      <header><h2>{say("feed")}</h2></header>
      {events.length === 0 && <p class="faint">{say("feed_empty")}</p>}
      <ol class="feed" aria-live="off">
        {events.map((event) => (
          <li key={event.id}>
            <time dateTime={event.time.toISOString()}>{clock(event.time)}</time>
            <span>{word(`event.${event.type}`)}</span>
            <span class="faint" translate={false}>{event.subject}</span>
          </li>
        ))}
      </ol>
    </section>
  );
}
