import { takeAllowance } from "@/db/rate-limits";
import { limitReached } from "@/server/kernel/errors";
import type { UserContext } from "@/server/verb";

/** Throws LimitReached when a person tries invitation links faster than anyone reads mail. */
export async function limitAttempts(ctx: UserContext): Promise<void> {
  const allowance = { perMinute: 10, burst: 20 };
  const waitSeconds = await takeAllowance(ctx.database, `invitation:user:${ctx.user.id}`, allowance);
  if (waitSeconds !== null)
    throw limitReached(`Too many attempts. Try again in ${waitSeconds} s.`, { retryAfterSeconds: waitSeconds });
}
