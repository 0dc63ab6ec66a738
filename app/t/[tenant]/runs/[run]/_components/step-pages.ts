import type { RunViewKind } from "../search-params";

/** More steps than these at once make a page slow that is drawn anew each second. */
const STEPS_PER_PAGE = 100;

/** A run's page with its steps shown in one way, from one page on. */
export function runHref(path: string, view: RunViewKind, page = 1): string {
  const params = new URLSearchParams({
    ...(view === "timeline" ? {} : { view }),
    ...(page === 1 ? {} : { page: String(page) }),
  });
  return params.size === 0 ? path : `${path}?${params}`;
}

/** The place of a step on its page, such as `step-charge-12`. */
export const stepAnchor = (stepId: string) => `step-${stepId.replaceAll(/[^a-z0-9_]+/g, "-").replace(/-$/, "")}`;

/**
 * Which of so many steps a page shows, and the ways to the pages beside it. A page beyond the last is the last. With the
 * place of a step, the page that shows it.
 */
export function stepPage(
  count: number,
  asked: number,
  index?: number,
): { page: number; pages: number; from: number; to: number } {
  const pages = Math.max(1, Math.ceil(count / STEPS_PER_PAGE));
  const page = index === undefined ? Math.min(asked, pages) : Math.floor(index / STEPS_PER_PAGE) + 1;
  const from = (page - 1) * STEPS_PER_PAGE;
  return { page, pages, from, to: Math.min(count, from + STEPS_PER_PAGE) };
}
