// What the tests in the browser share: signing in, asking the interface, what stands on the page.

import { once } from "node:events";
import { mkdirSync } from "node:fs";
import { createInterface } from "node:readline";
import { chromium } from "playwright-core";
import { ok, url } from "../clients/tap.mjs";

export const tokens = JSON.parse(process.env.TOKENS);
export const year = process.env.YEAR;
export const screenshots = process.env.SCREENSHOTS;
mkdirSync(screenshots, { recursive: true });

const lines = createInterface({ input: process.stdin });

// Ask the program that runs us: "kill gateway"; what it answers.
export async function order(what) {
  const answered = once(lines, "line");
  console.log(`! ${what}`);
  return (await answered)[0];
}

export const finish = () => lines.close();

export const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-dev-shm-usage"],
});

export const faults = [];

// A new browser's first page.
export async function open(options = {}) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(30000);
  // A query that is refused is said on the page; the browser writes it down too.
  page.on("console", (m) => m.type() === "error" && !/Failed to load resource|net::ERR/.test(m.text()) && faults.push(m.text()));
  page.on("pageerror", (error) => faults.push(error.stack));
  return page;
}

export const at = (path, params = {}) => `${url}/dashboard/${path}?${new URLSearchParams(params)}`;

export async function signIn(page, who, path = "", params = {}) {
  await page.goto(at(path, params));
  await page.getByRole("textbox").or(page.locator("input[name=token]")).first().fill(tokens[who]);
  await page.locator("button[type=submit]").click();
  await page.locator("header.top").waitFor();
}

// What the interface itself answers.
export async function ask(method, message, who = "province") {
  const query = new URLSearchParams({ connect: "v1", encoding: "json", message: JSON.stringify(message) });
  const answer = await fetch(`${url}/shegong.${method}?${query}`,
    { headers: { Authorization: `Bearer ${tokens[who]}`, "Shegong-Defaults": "true" } });
  return answer.json();
}

export async function send(method, message, who = "province") {
  const answer = await fetch(`${url}/shegong.${method}`, { method: "POST", body: JSON.stringify(message),
    headers: { Authorization: `Bearer ${tokens[who]}`, "Content-Type": "application/json" } });
  return { status: answer.status, body: await answer.json() };
}

// The figures on the page: name -> text.  Those in a closed table are there too.
export const figures = (page) => page.$$eval("[data-figure]", (nodes) =>
  Object.fromEntries(nodes.map((n) => [n.dataset.figure, n.textContent])));

export const grouped = (value) => String(value).replace(/\B(?=(\d{3})+$)/g, ",");
export const yuan = (fen) => `${grouped(BigInt(fen) / 100n)}.${String(BigInt(fen) % 100n).padStart(2, "0")}`;

// The page's words in one language alone: what is left of the other, and what the catalogue lacks.
// Names and ids of records are marked: they are in whatever language they were given in.
export async function foreign(page, language) {
  const text = await page.evaluate(() => {
    const copy = document.body.cloneNode(true);
    copy.querySelectorAll("[translate=no], [lang]").forEach((n) => n.remove());
    const labels = [...copy.querySelectorAll("[aria-label]")].map((n) => n.getAttribute("aria-label"));
    const walk = document.createTreeWalker(copy, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) labels.push(walk.currentNode.textContent);
    return labels;
  });
  const other = language === "en" ? /\p{Script=Han}|⟦/u : /[A-Za-z]{3,}|⟦/;
  return text.map((t) => t.replace(/\bCSV\b/g, "")).filter((t) => other.test(t));
}

export const shot = (page, name) => page.screenshot({ path: `${screenshots}/${name}.png`, fullPage: true });

// Waits until it holds; the milliseconds that took, Infinity where it does not.
export async function until(holds, ms = 10000) {
  const began = performance.now();
  while (performance.now() - began < ms) {
    if (await holds()) return performance.now() - began;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return Infinity;
}

export function quietEnd() {
  ok(faults.length === 0, "the browser has nothing to complain of", faults.slice(0, 5).join("\n"));
}
