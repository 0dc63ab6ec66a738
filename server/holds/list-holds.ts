import { defineRead, noInput, tenantItself } from "@/server/verb";
import { holdsOn } from "./holds-on";

/** The holds that are on over the tenant, as far as the caller's clearance reaches: the widest first. */
export const listHolds = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: (scope) => holdsOn(scope),
});
