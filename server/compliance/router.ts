import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { askControls, endException, getControl, listControls, listOccurrences, recordException } from "./index";

export const complianceRouter = createRouter({
  list: tenantQuery(listControls),
  get: tenantQuery(getControl),
  occurrences: tenantQuery(listOccurrences),
  ask: tenantMutation(askControls),
  recordException: tenantMutation(recordException),
  endException: tenantMutation(endException),
});
