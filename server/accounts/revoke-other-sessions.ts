import { and, eq, ne } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { defineAccountVerb, noInput } from "@/server/verb";

/** Signs the caller out everywhere but here; returns how many sessions that ended. */
export const revokeOtherSessions = defineAccountVerb({
  kind: "write",
  self: "ends the caller's own other sessions",
  input: noInput,
  run: async (ctx) => {
    const ended = await withoutTenant(ctx, (tx) =>
      tx
        .delete(sessions)
        .where(and(eq(sessions.userId, ctx.user.id), ne(sessions.id, ctx.actor.sessionId)))
        .returning({ id: sessions.id }),
    );
    return { ended: ended.length };
  },
});
