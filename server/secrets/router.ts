import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { changeHosts, deleteSecret, listSecrets, setSecret } from "./index";

export const secretsRouter = createRouter({
  list: tenantQuery(listSecrets),
  set: tenantMutation(setSecret),
  changeHosts: tenantMutation(changeHosts),
  delete: tenantMutation(deleteSecret),
});
