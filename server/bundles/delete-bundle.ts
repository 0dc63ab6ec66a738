import { and, eq, inArray } from "drizzle-orm";
import { bundles } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { ENDED } from "./domain/status";
import { bundleDeleted } from "./events";
import { loadBundle } from "./load";
import { bundleSchema } from "./schemas";

/**
 * Deletes a bundle; a job removes its file. What it was made of stays: evidence, receipts, and the digest of the file in the receipt of
 * its export. Whoever may export may delete, as they could have it built again. Throws Conflict while it is being built.
 */
export const deleteBundle = defineWrite({
  action: "evidence.export",
  receipt: "bundle.delete",
  input: bundleSchema,
  load: loadBundle,
  write: async ({ ctx: { tenantId }, tx }, { bundleId }, { row: { tag, isDryRun, digest, periodFrom, periodTo } }) => {
    const own = and(eq(bundles.tenantId, tenantId), eq(bundles.id, bundleId));
    const deleted = await tx
      .delete(bundles)
      .where(and(own, inArray(bundles.status, ENDED)))
      .returning({ id: bundles.id });
    if (deleted.length === 0) throw conflict("The bundle is being built, or gone. Look at it again in a moment.");
    return {
      value: { bundleId },
      detail: { tag, isDryRun, digest, period: { from: periodFrom.toISOString(), to: periodTo.toISOString() } },
      events: [eventOf(bundleDeleted, { tenantId, bundleId })],
    };
  },
});
