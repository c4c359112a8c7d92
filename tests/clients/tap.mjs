// What the tests in Node share: TAP output, and what the runner tells them by the environment.

export const url = process.env.CLIENT_URL;
// The headers that say who asks: {"Authorization": "Bearer shegong_..."}.
export const who = JSON.parse(process.env.CLIENT_HEADERS);

let count = 0, failed = 0;

export function ok(condition, name, detail) {
  count++;
  if (!condition) failed++;
  console.log(`${condition ? "ok" : "not ok"} ${count} - ${name}`);
  if (!condition && detail !== undefined) {
    const text = detail instanceof Error ? detail.stack : String(
      typeof detail === "string" ? detail : JSON.stringify(detail, (_, v) =>
        typeof v === "bigint" ? String(v) : v, 1));
    for (const line of text.split("\n").slice(0, 12)) console.log(`# ${line.slice(0, 300)}`);
  }
  return condition;
}

export const same = (got, expected, name) =>
  ok(got === expected, name, `got ${String(got)}, expected ${String(expected)}`);

// The error that a promise ends with; null where it does not.
export const failure = (promise) => promise.then(() => null, (error) => error);

export function done() {
  console.log(`1..${count}`);
  process.exit(failed ? 1 : 0);
}
