import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { getQuotas, setQuotas } from "./index";

export const quotasRouter = createRouter({
  get: tenantQuery(getQuotas),
  set: tenantMutation(setQuotas),
});
