// Sign in, follow what happens, show the page that the address names.

import { render } from "preact";
import { useEffect, useState } from "preact/hooks";
import { onSessionEnd, type Session, signOut, type Who, whoAmI } from "./api";
import { follow, stop } from "./live";
import { Area } from "./pages/area";
import { Map } from "./pages/map";
import { Overview } from "./pages/overview";
import { Programmes } from "./pages/programmes";
import { ExpensePage, ProjectPage } from "./pages/project";
import { SignIn } from "./pages/signin";
import { SitePage, StationPage } from "./pages/site";
import { Work } from "./pages/work";
import { Frame } from "./parts/frame";
import { type Route, useRoute } from "./route";
import "./style.css";
import { loadWords, say } from "./words";

// The page that an address names.
function Page({ route, who }: { route: Route; who: Who }) {
  const param = (name: string) => route.params.get(name) ?? "";
  const year = param("year"), id = param("id"), region = param("region");
  switch (route.page) {
    case "": return <Programmes who={who} />;
    case "overview": return <Overview key={year} year={year} who={who} />;
    case "map": return <Map year={year} who={who} route={route} />;
    case "area": return <Area key={region} year={year} region={region} route={route} />;
    case "site": return <SitePage key={id} year={year} id={id} />;
    case "station": return <StationPage key={id} year={year} id={id} />;
    case "project": return <ProjectPage key={id} year={year} id={id} />;
    case "expense": return <ExpensePage key={id} year={year} id={id} />;
    case "work": return <Work year={year} who={who} />;
    default: return <p class="notice">{say("no_page")}</p>;
  }
}

function App({ first }: { first: Session }) {
  const [session, setSession] = useState(first);
  const [said, setSaid] = useState("");
  const route = useRoute();
  useEffect(() => {
    onSessionEnd(() => {
      setSaid(say("session_ended"));
      void whoAmI().then(setSession);
    });
  }, []);
  const inside = session.state === "in";
  useEffect(() => {
    if (!inside) return;
    void follow();
    return stop;
  }, [inside]);
  if (session.state === "out")
    return <SignIn development={session.development} said={said || session.said} onSession={(s) => { setSaid(""); setSession(s); }} />;
  const leave = async () => {
    await signOut();
    setSession(await whoAmI());
  };
  return (
    <Frame route={route} who={session.who} leave={() => void leave()}>
      <Page route={route} who={session.who} />
    </Frame>
  );
}

const [session] = await Promise.all([
  whoAmI().catch(() => null),
  loadWords(),
]);
document.title = say("title");
render(<App first={session ?? { state: "out", development: false, said: say("no_gateway") }} />,
  document.getElementById("page")!);
