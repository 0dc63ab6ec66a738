import { loadEvidence } from "@/server/evidence";
import { defineRead } from "@/server/verb";
import { occurrencesOf } from "./occurrences";
import { periodSchema } from "./schemas";

/** Of each control its occurrences in a period; nothing of a period that the tenant has lived nothing of. */
export const listOccurrences = defineRead({
  action: "evidence.read",
  input: periodSchema,
  load: loadEvidence,
  read: async ({ ctx, tx, now }, asked) => {
    const found = await occurrencesOf(tx, ctx.tenantId, asked, now);
    const { from, to } = found?.period ?? asked;
    const rows = (found?.rows ?? []).map(({ stretches, ...row }) => ({
      ...row,
      stretches: stretches.map((stretch) => ({
        ...{ ...stretch, from: stretch.from.toISOString(), to: stretch.to.toISOString() },
      })),
    }));
    return { from: from.toISOString(), to: to.toISOString(), rows };
  },
});
