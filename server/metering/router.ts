import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getUsage } from "./index";

export const meteringRouter = createRouter({ usage: tenantQuery(getUsage) });
