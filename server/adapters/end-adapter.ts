import { and, eq } from "drizzle-orm";
import { adapters, adapterSecrets } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { adapterEnded } from "./events";
import { loadAdapter } from "./load";
import { adapterSchema } from "./schemas";

/** Ends an adapter and deletes its signing secrets, for good: no step calls it any more, and nothing else gets its name. */
export const endAdapter = defineWrite({
  action: "adapter.end",
  receipt: "adapter.end",
  input: adapterSchema,
  load: loadAdapter,
  write: async ({ ctx, tx, now }, { adapterId }, { adapter: { slug, name } }) => {
    const { tenantId } = ctx;
    await tx
      .update(adapters)
      .set({ endedAt: now, updatedAt: now })
      .where(and(eq(adapters.tenantId, tenantId), eq(adapters.id, adapterId)));
    await tx.delete(adapterSecrets).where(and(eq(adapterSecrets.tenantId, tenantId), eq(adapterSecrets.id, adapterId)));
    return {
      value: { adapterId },
      detail: { slug, name },
      events: [eventOf(adapterEnded, { tenantId, adapterId })],
    };
  },
});
