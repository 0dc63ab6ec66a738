import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getRecentUse, getUsage } from "./index";

export const meteringRouter = createRouter({ usage: tenantQuery(getUsage), recent: tenantQuery(getRecentUse) });
