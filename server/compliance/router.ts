import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { askControls, endException, getControl, listControls, recordException } from "./index";

export const complianceRouter = createRouter({
  list: tenantQuery(listControls),
  get: tenantQuery(getControl),
  ask: tenantMutation(askControls),
  recordException: tenantMutation(recordException),
  endException: tenantMutation(endException),
});
