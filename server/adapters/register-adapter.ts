import { brokeUnique } from "@/db/postgres-errors";
import { adapters, adapterSecrets } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { makeSigningSecret } from "@/server/secrets";
import { defineWrite } from "@/server/verb";
import { adapterRegistered } from "./events";
import { loadAdapters, refuseClosed, refuseTooMany } from "./load";
import { registerAdapterSchema } from "./schemas";

/**
 * Registers an adapter and gives its signing secret, this once. Refuses a tenant without the feature (NotEntitled), a
 * private address (Invalid), a slug that was given away, to one that has ended too (Conflict), and more than 100.
 */
export const registerAdapter = defineWrite({
  action: "adapter.register",
  receipt: "adapter.register",
  feature: "custom-adapters",
  input: registerAdapterSchema,
  load: loadAdapters,
  write: async (scope, wanted) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    refuseClosed(wanted.address);
    await refuseTooMany(scope);
    const adapterId = ctx.newId("adapter");
    const createdBy = actorRef(ctx.actor);
    try {
      await tx
        .insert(adapters)
        .values({ tenantId, id: adapterId, ...wanted, createdBy, createdAt: now, updatedAt: now });
    } catch (error) {
      if (brokeUnique(error, "adapters_slug_key"))
        throw conflict(`The name ${wanted.slug} was given to an adapter already.`, { field: "slug" });
      throw error;
    }
    return {
      value: { adapterId, secret: await makeSigningSecret(scope, adapterSecrets, adapterId) },
      subject: `adapter:${adapterId}`,
      detail: { slug: wanted.slug, name: wanted.name, address: wanted.address, timeoutSeconds: wanted.timeoutSeconds },
      events: [eventOf(adapterRegistered, { tenantId, adapterId })],
    };
  },
});
