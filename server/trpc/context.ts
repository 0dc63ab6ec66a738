import { takeAllowance } from "@/db/rate-limits";
import type { Database } from "@/db/client";
import { findSession } from "@/server/auth/session";
import type { Clock } from "@/server/kernel/clock";
import { limitReached } from "@/server/kernel/errors";
import type { NewId } from "@/server/kernel/ids";
import type { RequestContext } from "./init";

export interface RequestFacts {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  sessionToken: string | undefined;
  /** Slug from the URL; absent outside a tenant. */
  tenantSlug: string | undefined;
  userAgent: string | null;
  /** Network address of the peer, for callers who are not signed in. */
  address: string;
  /** Another context of the same request, which looks up who calls. */
  own?: Pick<RequestContext, "signedIn">;
}

const ALLOWANCES = { read: { perMinute: 1_200, burst: 300 }, write: { perMinute: 240, burst: 60 } };

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** One request's context: who calls is looked up at most once, however many calls it batches. */
export function createRequestContext(facts: RequestFacts): RequestContext {
  const { database, clock, newId, requestId } = facts;
  const call = { database, clock, newId, requestId };
  const signedIn = facts.own?.signedIn ?? once(() => findSession(call, facts.sessionToken, facts.userAgent));
  return {
    requestId,
    tenantSlug: facts.tenantSlug,
    signedIn,
    limit: async (kind) => {
      const caller = await signedIn();
      const who = caller === null ? `address:${facts.address}` : `user:${caller.user.id}`;
      const waitSeconds = await takeAllowance(database, `${kind}:${who}`, ALLOWANCES[kind]);
      if (waitSeconds === null) return;
      throw limitReached(`Too many calls. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
    },
  };
}
