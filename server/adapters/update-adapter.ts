import { and, eq } from "drizzle-orm";
import { adapters } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { adapterUpdated } from "./events";
import { loadAdapter, refuseClosed } from "./load";
import { updateAdapterSchema } from "./schemas";

/** Changes where an adapter lies and what it takes, for calls from now on. Refuses a private address (Invalid), and a tenant without the feature (NotEntitled). */
export const updateAdapter = defineWrite({
  action: "adapter.update",
  receipt: "adapter.update",
  feature: "custom-adapters",
  input: updateAdapterSchema,
  load: loadAdapter,
  write: async ({ ctx, tx, now }, { adapterId, ...wanted }, { adapter }) => {
    const { tenantId } = ctx;
    refuseClosed(wanted.address);
    await tx
      .update(adapters)
      .set({ ...wanted, updatedAt: now })
      .where(and(eq(adapters.tenantId, tenantId), eq(adapters.id, adapterId)));
    const { slug, address: before } = adapter;
    const { name, address, timeoutSeconds } = wanted;
    return {
      value: { adapterId },
      detail: { slug, name, address, timeoutSeconds, ...(before === address ? {} : { before }) },
      events: [eventOf(adapterUpdated, { tenantId, adapterId })],
    };
  },
});
