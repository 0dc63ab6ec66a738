import { createHash } from "node:crypto";
import { and, asc, eq, gt, lt, sql } from "drizzle-orm";
import { members, sessions, tenants, users } from "@/db/schema";
import { prepared } from "@/db/prepared";
import { isStanding } from "@/db/standing-members";
import { oneStatement, withSystemStatement } from "@/db/tenancy";
import type { CallContext, TenantContext, UserContext } from "@/server/verb";
import { contextIn, membershipColumns } from "./membership";

/** The cookie that carries a session. The `__Host-` prefix needs https, so plain http on loopback goes without. */
export const sessionCookieName = (isHttps: boolean) => (isHttps ? "__Host-conductor-session" : "conductor-session");

/** What the sessions table holds in place of the cookie's value. */
export function hashSessionToken(token: string): string {
  return createHash("sha256").update(token, "utf8").digest("hex");
}

// A session that is used is marked as seen at most this often, so that reads do not turn into writes.
const SEEN_EVERY_SECONDS = 300;
// Longer than any token we mint; what is longer is not looked up.
const MAX_TOKEN_LENGTH = 200;

const sessionOf = prepared("find-session", (db) =>
  db
    .select({
      session: { id: sessions.id, lastSeenAt: sessions.lastSeenAt },
      user: { id: users.id, email: users.email, name: users.name },
      ...membershipColumns,
    })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .leftJoin(members, and(eq(members.userId, users.id), isStanding(sql.placeholder("now"))))
    .leftJoin(tenants, eq(tenants.tenantId, members.tenantId))
    .where(and(eq(sessions.sessionToken, sql.placeholder("tokenHash")), gt(sessions.expires, sql.placeholder("now"))))
    .orderBy(asc(tenants.name)),
);

/** A signed-in person and every tenant they may enter, by name. */
export interface SignedIn extends UserContext {
  tenants: readonly TenantContext[];
}

/**
 * Who a session's token belongs to and where they may go; null when there is no such session, it expired or was revoked.
 * One round trip, as every page and every call asks.
 */
export async function findSession(
  call: CallContext,
  token: string | undefined,
  userAgent: string | null,
): Promise<SignedIn | null> {
  if (token === undefined || token === "" || token.length > MAX_TOKEN_LENGTH) return null;
  const tokenHash = hashSessionToken(token);
  const now = call.clock.now();
  const rows = await withSystemStatement(call, "find-session", (db) => sessionOf(db, { tokenHash, now }));
  const [first] = rows;
  if (first === undefined) return null;
  const { session, user } = first;
  if (now.getTime() - session.lastSeenAt.getTime() > SEEN_EVERY_SECONDS * 1_000)
    await oneStatement(call, (db) =>
      db
        .update(sessions)
        .set({ lastSeenAt: now, userAgent: userAgent?.slice(0, 300) ?? sql`user_agent` })
        .where(and(eq(sessions.sessionToken, tokenHash), lt(sessions.lastSeenAt, now))),
    );
  const signedIn = {
    ...call,
    user,
    actor: { kind: "user" as const, userId: user.id, email: user.email, sessionId: session.id },
  };
  const mine = rows.flatMap(({ tenant, rights }) =>
    tenant === null || rights === null ? [] : [contextIn(signedIn, { tenant, rights })],
  );
  return { ...signedIn, tenants: mine };
}
