import { and, desc, eq, gt } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { defineAccountVerb, noInput } from "@/server/verb";

/** Where the caller is signed in, the latest seen first. Moments are ISO 8601; "seen" is at most five minutes late. */
export const listSessions = defineAccountVerb({
  kind: "read",
  self: "lists the caller's own sessions",
  input: noInput,
  run: async (ctx) => {
    const rows = await withoutTenant(ctx, (tx) =>
      tx
        .select({
          ...{ id: sessions.id, userAgent: sessions.userAgent, createdAt: sessions.createdAt },
          ...{ lastSeenAt: sessions.lastSeenAt, expiresAt: sessions.expires },
        })
        .from(sessions)
        .where(and(eq(sessions.userId, ctx.user.id), gt(sessions.expires, ctx.clock.now())))
        .orderBy(desc(sessions.lastSeenAt))
        .limit(100),
    );
    return rows.map(({ createdAt, lastSeenAt, expiresAt, ...row }) => ({
      ...{ ...row, isCurrent: row.id === ctx.actor.sessionId },
      ...{ createdAt: createdAt.toISOString(), lastSeenAt: lastSeenAt.toISOString() },
      expiresAt: expiresAt.toISOString(),
    }));
  },
});
