import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getAccessMatrix, getAccessReport, whoCan, whyKeyCan, whyMemberCan } from "./index";

export const accessRouter = createRouter({
  whoCan: tenantQuery(whoCan),
  whyMember: tenantQuery(whyMemberCan),
  whyKey: tenantQuery(whyKeyCan),
  matrix: tenantQuery(getAccessMatrix),
  report: tenantQuery(getAccessReport),
});
