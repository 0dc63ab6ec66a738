import { processDatabase } from "@/db/process-database";
import { sessionCookieName } from "@/server/auth/session";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { addressOf, cookieIn, requestIdOf } from "@/server/platform/incoming";
import { createRequestContext } from "./context";
import type { RequestContext } from "./init";

/**
 * The context of a request by its headers, for pages and for browser calls alike. `own` is another context of
 * the same request, which looks up who calls.
 */
export function contextOf(
  headers: Headers,
  tenantSlug: string | undefined,
  own?: Pick<RequestContext, "signedIn">,
): RequestContext {
  const isHttps = env().CONDUCTOR_PUBLIC_URL.startsWith("https://");
  return createRequestContext({
    database: processDatabase(),
    clock: systemClock,
    newId,
    requestId: requestIdOf(headers),
    sessionToken: cookieIn(headers, sessionCookieName(isHttps)),
    tenantSlug,
    userAgent: headers.get("user-agent"),
    address: addressOf(headers, env().TRUSTED_PROXIES),
    ...(own === undefined ? {} : { own }),
  });
}

/** What decides in a tenant: pages offer what it could allow. */
export { policiesOf } from "@/server/verb";
