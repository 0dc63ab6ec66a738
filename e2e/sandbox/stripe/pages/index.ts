import { ApiError } from "../http/errors";
import type { ApiRequest, Tenancy } from "../http/api";
import { passTime } from "../objects/passing-time";
import { CHALLENGE_PAGES } from "./challenge";
import { CHECKOUT_PAGES } from "./checkout";
import { notice, type PageAnswer, styleAnswer } from "./document";
import { INVOICE_PAGES } from "./invoice";
import type { Pages } from "./page";
import { PORTAL_PAGES } from "./portal";

const ALL: readonly Pages[] = [CHECKOUT_PAGES, CHALLENGE_PAGES, INVOICE_PAGES, PORTAL_PAGES];

/** Whether an address is one of a page for customers. */
export function isPage(path: string): boolean {
  return path.startsWith("/pay/");
}

/** Answers requests for the pages that customers see; who holds an object's id may see its page, as the API's addresses mean it. */
export function answerPage(request: ApiRequest, tenancies: Iterable<Tenancy>): PageAnswer {
  const path = request.url.pathname;
  const style = styleAnswer(path);
  if (style !== null) return style;
  const pages = ALL.find((each) => path.startsWith(`${each.path}/`));
  const [, id = "", part = ""] = /^\/(\w+)(?:\/(\w+))?$/.exec(path.slice(pages?.path.length)) ?? [];
  const holder =
    pages === undefined ? undefined : [...tenancies].find(({ account }) => account.store.get(pages.kind, id));
  if (pages === undefined || holder === undefined) return UNKNOWN;
  return attended(holder, () => {
    const { account, deliveries } = holder;
    const form = request.method === "GET" ? new URLSearchParams() : formOf(request);
    const call = { account, deliveries, id, part, form, query: request.url.searchParams };
    if (request.method === "GET") return pages.show(call);
    return pages.submit(call);
  });
}

const UNKNOWN = notice(404, "There is no such page", "The address is wrong, or what it was for is gone.");

/** Does what was due before, then the work, and tells endpoints what came of both; a refusal becomes a page. */
export function attended({ account, deliveries }: Tenancy, work: () => PageAnswer): PageAnswer {
  account.atomically(() => passTime(account));
  try {
    return work();
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return notice(error.status, "This cannot be done", error.message);
  } finally {
    deliveries.dispatch();
  }
}

/** The fields of a form; refuses one that another site sends. */
export function formOf({ headers, body, url, method }: ApiRequest): URLSearchParams {
  if (method !== "POST") throw new ApiError(405, "Pages are read, and their forms sent.");
  const { origin } = headers;
  if (typeof origin === "string" && origin !== url.origin)
    throw new ApiError(403, "This form comes from another site.");
  if (headers["content-type"]?.startsWith("application/x-www-form-urlencoded") !== true) {
    throw new ApiError(415, "Send the form as application/x-www-form-urlencoded.");
  }
  return new URLSearchParams(body);
}
