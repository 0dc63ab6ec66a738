import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { askControls, getControl, listControls } from "./index";

export const complianceRouter = createRouter({
  list: tenantQuery(listControls),
  get: tenantQuery(getControl),
  ask: tenantMutation(askControls),
});
