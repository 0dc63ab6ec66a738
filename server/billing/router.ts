import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getPlan } from "./index";

export const billingRouter = createRouter({ plan: tenantQuery(getPlan) });
