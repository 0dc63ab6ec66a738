import { adapterSecrets } from "@/db/schema";
import { eventOf } from "@/server/kernel/event";
import { rotateSigningSecret } from "@/server/secrets";
import { defineWrite } from "@/server/verb";
import { adapterRotated } from "./events";
import { loadAdapter } from "./load";
import { rotateAdapterSecretSchema } from "./schemas";

/**
 * Gives an adapter a new signing secret, shown this once. Until the grace ends each call is signed with the one before as
 * well, so that the other side can change over in its own time.
 */
export const rotateAdapterSecret = defineWrite({
  action: "adapter.rotate",
  receipt: "adapter.rotate",
  input: rotateAdapterSecretSchema,
  load: loadAdapter,
  write: async (scope, { adapterId, graceHours }, { adapter: { slug, name } }) => {
    const secret = await rotateSigningSecret(scope, adapterSecrets, adapterId, graceHours);
    return {
      value: { adapterId, secret },
      detail: { slug, name, graceHours },
      events: [eventOf(adapterRotated, { tenantId: scope.ctx.tenantId, adapterId })],
    };
  },
});
