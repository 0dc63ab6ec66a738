import { createHash } from "node:crypto";
import { and, eq, gt, lt, sql } from "drizzle-orm";
import { sessions, users } from "@/db/schema";
import { oneStatement } from "@/db/tenancy";
import type { CallContext, UserContext } from "@/server/verb";

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

/** The signed-in person behind a session cookie, or null when there is none, it expired or was revoked. */
export async function findSession(
  call: CallContext,
  token: string | undefined,
  userAgent: string | null,
): Promise<UserContext | null> {
  if (token === undefined || token === "" || token.length > MAX_TOKEN_LENGTH) return null;
  const tokenHash = hashSessionToken(token);
  const now = call.clock.now();
  const [row] = await oneStatement(call, (db) =>
    db
      .select({
        sessionId: sessions.id,
        lastSeenAt: sessions.lastSeenAt,
        userId: users.id,
        email: users.email,
        name: users.name,
      })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(and(eq(sessions.sessionToken, tokenHash), gt(sessions.expires, now))),
  );
  if (row === undefined) return null;
  if (now.getTime() - row.lastSeenAt.getTime() > SEEN_EVERY_SECONDS * 1_000)
    await oneStatement(call, (db) =>
      db
        .update(sessions)
        .set({ lastSeenAt: now, userAgent: userAgent?.slice(0, 300) ?? sql`user_agent` })
        .where(and(eq(sessions.sessionToken, tokenHash), lt(sessions.lastSeenAt, now))),
    );
  const { sessionId, userId, email, name } = row;
  return { ...call, user: { id: userId, email, name }, actor: { kind: "user", userId, email, sessionId } };
}
