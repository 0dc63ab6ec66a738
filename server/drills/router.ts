import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { askDrill, getDrill, listDrills } from "./index";

export const drillsRouter = createRouter({
  ask: tenantMutation(askDrill),
  list: tenantQuery(listDrills),
  get: tenantQuery(getDrill),
});
