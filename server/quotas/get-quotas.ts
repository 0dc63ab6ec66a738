import { and, eq, isNull } from "drizzle-orm";
import { quotaEpisodes } from "@/db/schema";
import { defineRead, noInput, tenantItself } from "@/server/verb";
import { loadQuotas } from "./load-quotas";

/** What the tenant may have at a time, how many runs it has, and which quotas it meets now. */
export const getQuotas = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: async ({ ctx, tx }) => {
    const [known, reached] = await Promise.all([
      loadQuotas(tx, ctx.tenantId),
      tx
        .select({ quota: quotaEpisodes.quota, beganAt: quotaEpisodes.beganAt })
        .from(quotaEpisodes)
        .where(and(eq(quotaEpisodes.tenantId, ctx.tenantId), isNull(quotaEpisodes.endedAt))),
    ]);
    return { ...known, reached: reached.map(({ quota, beganAt }) => ({ quota, since: beganAt.toISOString() })) };
  },
});
