import { eventOf } from "@/server/kernel/event";
import { defineWrite } from "@/server/verb";
import { secretDeleted } from "./events";
import { endSecret, loadSecret } from "./load";
import { secretSchema } from "./schemas";

/** Deletes a secret. Steps that name it fail from their next call on. */
export const deleteSecret = defineWrite({
  action: "secret.delete",
  receipt: "secret.delete",
  input: secretSchema,
  load: loadSecret,
  write: async (scope, { secretId }, { row }) => {
    await endSecret(scope, row);
    const { name, environment, version } = row;
    return {
      value: { secretId },
      detail: { name, environment, version },
      events: [eventOf(secretDeleted, { tenantId: scope.ctx.tenantId, secretId })],
    };
  },
});
