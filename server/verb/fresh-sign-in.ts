import { and, eq, gte } from "drizzle-orm";
import { sessions } from "@/db/schema";
import { preconditionFailed } from "@/server/kernel/errors";
import type { Scope } from "./define";

/** Minutes after a sign-in during which it counts as fresh. */
const FRESH_MINUTES = 5;

/**
 * Refuses (PreconditionFailed) unless the caller's session began a moment ago: for what a session left open, or a stolen
 * one, must not be enough for. A caller without a session never is.
 */
export async function requireFreshSignIn({ ctx, tx, now }: Scope): Promise<void> {
  const since = new Date(now.getTime() - FRESH_MINUTES * 60_000);
  const sessionId = ctx.actor.kind === "user" ? ctx.actor.sessionId : null;
  if (sessionId !== null) {
    const fresh = and(eq(sessions.id, sessionId), gte(sessions.createdAt, since));
    const [found] = await tx.select({ id: sessions.id }).from(sessions).where(fresh);
    if (found !== undefined) return;
  }
  throw preconditionFailed(
    `This asks for a sign-in of the last ${FRESH_MINUTES} minutes. Sign in again, then repeat it.`,
    { reason: "fresh-sign-in" },
  );
}
