import { processDatabase } from "@/db/process-database";
import { sessionCookieName } from "@/server/auth/session";
import { systemClock } from "@/server/kernel/clock";
import { isId, newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { createRequestContext } from "./context";
import type { RequestContext } from "./init";

function cookieIn(header: string | null, name: string): string | undefined {
  const prefix = `${name}=`;
  const pair = header?.split(/;\s*/).find((part) => part.startsWith(prefix));
  return pair?.slice(prefix.length);
}

/** The id that the proxy gave this request; a new one when a request came past it. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get("x-request-id");
  return given !== null && isId("request", given) ? given : newId("request");
}

/** The context of a request by its headers, for pages and for browser calls alike. */
export function contextOf(headers: Headers, tenantSlug: string | undefined): RequestContext {
  const isHttps = env().CONDUCTOR_PUBLIC_URL.startsWith("https://");
  return createRequestContext({
    database: processDatabase(),
    clock: systemClock,
    newId,
    requestId: requestIdOf(headers),
    sessionToken: cookieIn(headers.get("cookie"), sessionCookieName(isHttps)),
    tenantSlug,
    userAgent: headers.get("user-agent"),
    // The last entry is the one our own side wrote; those before it are what the caller claims.
    address: headers.get("x-forwarded-for")?.split(",").at(-1)?.trim() ?? "unknown",
  });
}
