// Addresses: /dashboard/PAGE?year=...&id=...&lang=en, so that each view can be linked and printed.

import { useEffect, useState } from "preact/hooks";

const ROOT = "/dashboard/";

export interface Route {
  page: string;
  params: URLSearchParams;
}

export const here = (): Route => ({
  page: location.pathname.slice(ROOT.length).replace(/\/$/, ""),
  params: new URLSearchParams(location.search),
});

// The address of a page; the language stays.
export function address(page: string, params: Record<string, string> = {}): string {
  const query = new URLSearchParams(Object.entries(params).filter(([, value]) => value !== ""));
  const language = new URLSearchParams(location.search).get("lang");
  if (language && !query.has("lang")) query.set("lang", language);
  const text = query.toString();
  return ROOT + page + (text ? `?${text}` : "");
}

// The same view in another language.
export function inLanguage(language: string): string {
  const query = new URLSearchParams(location.search);
  query.set("lang", language);
  return `${location.pathname}?${query}`;
}

export function go(to: string): void {
  history.pushState(null, "", to);
  dispatchEvent(new PopStateEvent("popstate"));
  scrollTo(0, 0);
}

export function useRoute(): Route {
  const [route, setRoute] = useState(here);
  useEffect(() => {
    const moved = () => setRoute(here());
    // Links within the dashboard change the view; those that a person wants elsewhere do not.
    const clicked = (event: MouseEvent) => {
      const link = (event.target as Element | null)?.closest?.("a");
      if (!link || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      // A link of a drawing has no texts for properties.
      if (link.hasAttribute("target") || link.hasAttribute("download") || link.dataset.reload !== undefined) return;
      const url = new URL(link.getAttribute("href") ?? "", location.href);
      if (url.origin !== location.origin || !url.pathname.startsWith(ROOT) || url.hash) return;
      event.preventDefault();
      go(url.pathname + url.search);
    };
    addEventListener("popstate", moved);
    document.addEventListener("click", clicked);
    return () => {
      removeEventListener("popstate", moved);
      document.removeEventListener("click", clicked);
    };
  }, []);
  return route;
}
