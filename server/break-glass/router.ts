import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import { decideBreakGlass, endBreakGlass, listBreakGlass, openBreakGlass, reviewBreakGlass } from "./index";

export const breakGlassRouter = createRouter({
  list: tenantQuery(listBreakGlass),
  open: tenantMutation(openBreakGlass),
  decide: tenantMutation(decideBreakGlass),
  end: tenantMutation(endBreakGlass),
  review: tenantMutation(reviewBreakGlass),
});
