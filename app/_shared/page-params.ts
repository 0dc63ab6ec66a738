import { z } from "zod";

/** A page's search parameters as Next gives them. */
export type SearchParams = Promise<Record<string, string | string[] | undefined>>;

/** What a page of a tenant is given. */
export interface TenantPageProps {
  params: Promise<{ tenant: string }>;
  searchParams: SearchParams;
}

/** Where the page before ended. What makes no sense is left out. */
export const cursorParam = z.string().max(200).optional().catch(undefined);

/** What somebody searches for. What makes no sense is left out. */
export const textParam = z.string().trim().min(1).max(120).optional().catch(undefined);

/** An address with the parameters that have a value, in the order given. */
export function hrefOf(path: string, params: Readonly<Record<string, string | number | undefined>>): string {
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) if (value !== undefined) search.set(name, String(value));
  return `${path}${search.size === 0 ? "" : `?${search}`}`;
}

/** The ways on from one page of a list: to the next one where there is one, to the first where this is another. */
export function pageLinks<Place extends string | number>(
  place: Place | undefined,
  next: Place | null,
  hrefAt: (place: Place | undefined) => string,
): { nextHref: string | null; firstHref: string | null } {
  return {
    nextHref: next === null ? null : hrefAt(next),
    firstHref: place === undefined ? null : hrefAt(undefined),
  };
}
