import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { createApiKey, listApiKeys, revokeApiKey, rotateApiKey } from "./index";

export const apiKeysRouter = createRouter({
  list: tenantQuery(listApiKeys),
  create: tenantMutation(createApiKey),
  rotate: tenantMutation(rotateApiKey),
  revoke: tenantMutation(revokeApiKey),
});
