import { and, eq } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { notFound } from "@/server/kernel/errors";
import { defineAccountVerb } from "@/server/verb";
import { revokeSessionSchema } from "./schemas";

/** Signs one of the caller's sessions out, from its next request on. NotFound for anyone else's. */
export const revokeSession = defineAccountVerb({
  kind: "write",
  self: "ends a session of the caller's own",
  input: revokeSessionSchema,
  run: async (ctx, { sessionId }) => {
    const ended = await withoutTenant(ctx, (tx) =>
      tx
        .delete(sessions)
        .where(and(eq(sessions.id, sessionId), eq(sessions.userId, ctx.user.id)))
        .returning({ id: sessions.id }),
    );
    if (ended.length === 0) throw notFound("session");
    return { sessionId };
  },
});
