import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { analysePricing } from "./index";

export const pricingRouter = createRouter({ analyse: tenantQuery(analysePricing) });
