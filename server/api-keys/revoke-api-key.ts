import { defineWrite } from "@/server/verb";
import { endKey } from "./end-key";
import { loadApiKey } from "./load";
import { apiKeySchema } from "./schemas";

/** Ends a key and its secret before, from the next request on. Refuses one that was revoked already (Conflict). */
export const revokeApiKey = defineWrite({
  action: "api_key.revoke",
  receipt: "api_key.revoke",
  input: apiKeySchema,
  load: loadApiKey,
  write: async (scope, { apiKeyId }, { row }) => ({ value: { apiKeyId }, ...(await endKey(scope, row)) }),
});
