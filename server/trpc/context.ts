import { takeAllowance } from "@/db/rate-limits";
import type { Database } from "@/db/client";
import { findMembership } from "@/server/auth/membership";
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
  /** Who calls, where another context of the same request has looked it up. */
  user?: RequestContext["user"];
}

const ALLOWANCES = { read: { perMinute: 1_200, burst: 300 }, write: { perMinute: 240, burst: 60 } };

function once<T>(make: () => Promise<T>): () => Promise<T> {
  let made: Promise<T> | undefined;
  return () => (made ??= make());
}

/** One request's context: the session and the membership are looked up at most once, however many calls it batches. */
export function createRequestContext(facts: RequestFacts): RequestContext {
  const { database, clock, newId, requestId } = facts;
  const call = { database, clock, newId, requestId };
  const user = facts.user ?? once(() => findSession(call, facts.sessionToken, facts.userAgent));
  const tenant = once(async () => {
    const signedIn = await user();
    return signedIn === null || facts.tenantSlug === undefined ? null : findMembership(signedIn, facts.tenantSlug);
  });
  return {
    requestId,
    user,
    tenant,
    limit: async (kind) => {
      const signedIn = await user();
      const caller = signedIn === null ? `address:${facts.address}` : `user:${signedIn.user.id}`;
      const waitSeconds = await takeAllowance(database, `${kind}:${caller}`, ALLOWANCES[kind]);
      if (waitSeconds === null) return;
      throw limitReached(`Too many calls. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
    },
  };
}
