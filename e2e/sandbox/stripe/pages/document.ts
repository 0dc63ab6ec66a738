import { type Html, html } from "./html";
import { STYLE } from "./style";

/** What every page says first. */
export const PAGE_BANNER = "Local billing sandbox — no money moves";
const STYLE_PATH = "/pay/style.css";

export interface PageAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

const HEADERS = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  // Without form-action: browsers hold it against the redirect back to the app as well.
  "content-security-policy": "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  "referrer-policy": "same-origin",
  "x-content-type-options": "nosniff",
};

/** A whole page; no script, and no style but the one sheet. */
export function pageAnswer(status: number, title: string, body: Html, width: "narrow" | "wide" = "narrow"): PageAnswer {
  const page = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>${title} · ${PAGE_BANNER}</title>
        <link rel="stylesheet" href="${STYLE_PATH}" />
        <link rel="icon" href="data:," />
      </head>
      <body>
        <p class="banner" role="note">${PAGE_BANNER}</p>
        <main class="${width}">
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  return { status, headers: HEADERS, body: page.text };
}

/** Sends the browser on with a GET. */
export function redirect(to: string): PageAnswer {
  return { status: 303, headers: { location: to, "cache-control": "no-store" }, body: "" };
}

/** The sheet of all pages, or null for another address. */
export function styleAnswer(path: string): PageAnswer | null {
  if (path !== STYLE_PATH) return null;
  return { status: 200, headers: { "content-type": "text/css; charset=utf-8" }, body: STYLE };
}

/** A page that only says something, with a way out where there is one. */
export function notice(status: number, title: string, words: string, link?: { to: string | null; words: string }) {
  const out = link?.to == null ? null : html`<p><a class="button" href="${link.to}">${link.words}</a></p>`;
  return pageAnswer(
    status,
    title,
    html`<p>${words}</p>
      ${out}`,
  );
}
