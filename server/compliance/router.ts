import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  askControls,
  endException,
  getControl,
  getSellSheet,
  listControls,
  listOccurrences,
  recordException,
} from "./index";

export const complianceRouter = createRouter({
  list: tenantQuery(listControls),
  get: tenantQuery(getControl),
  occurrences: tenantQuery(listOccurrences),
  sellSheet: tenantQuery(getSellSheet),
  ask: tenantMutation(askControls),
  recordException: tenantMutation(recordException),
  endException: tenantMutation(endException),
});
