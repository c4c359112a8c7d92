// Signing in with a token; in development, as the office that one names.

import { useState } from "preact/hooks";
import { type Session, signIn, signInAs } from "../api";
import { inLanguage } from "../route";
import { language, say, word } from "../words";

const ROLES = ["PROVINCE", "PROJECT_OFFICE", "PREFECTURE", "COUNTY", "AGENCY", "AUDITOR", "DASHBOARD", "MINISTRY"];

interface SignInOf {
  development: boolean;
  said: string;
  onSession(session: Session): void;
}

export function SignIn({ development, said, onSession }: SignInOf) {
  const [fault, setFault] = useState(said);
  const [busy, setBusy] = useState(false);
  const submit = async (event: SubmitEvent) => {
    const form = new FormData(event.target as HTMLFormElement);
    const text = (name: string) => String(form.get(name) ?? "").trim();
    event.preventDefault();
    setBusy(true);
    const got = await (development
      ? signInAs(["account=browser", `person=${text("person")}`, `role=${text("role")}`,
          `region=${text("region")}`, ...(text("agency") ? [`agency=${text("agency")}`] : [])].join(";"))
      : signIn(text("token"), form.has("keep"))
    ).catch((error: unknown): Session => ({ state: "out", development, said: String(error) }));
    setBusy(false);
    if (got.state === "in") onSession(got);
    else setFault(got.said || say("sign_in_failed"));
  };
  return (
    <main class="sign-in">
      <h1>{say("title")}</h1>
      <p>{say(development ? "sign_in_development" : "sign_in_hint")}</p>
      {fault && <p class="notice bad" role="alert">{fault}</p>}
      <form onSubmit={(event) => void submit(event as unknown as SubmitEvent)}>
        {development ? (
          <>
            <label>{word("role")}
              <select name="role">{ROLES.map((r) => <option value={r}>{word(`ROLE_${r}`)}</option>)}</select>
            </label>
            <label>{word("region_code")}<input name="region" required pattern="[0-9]{2,12}" /></label>
            <label>{word("agency_id")}<input name="agency" /></label>
            <label>{word("person_id")}<input name="person" required value="p-browser" /></label>
          </>
        ) : (
          <>
            <label>{say("token")}
              <input name="token" type="password" required autocomplete="current-password" spellcheck={false} />
            </label>
            <label class="tick"><input name="keep" type="checkbox" />{say("keep")}</label>
          </>
        )}
        <button type="submit" disabled={busy}>{say("sign_in")}</button>
      </form>
      <p><a data-reload href={inLanguage(language === "en" ? "zh" : "en")} lang={language === "en" ? "zh-CN" : "en"}>
        {say("other_language")}
      </a></p>
    </main>
  );
}
