import { createRouter } from "@/server/trpc/init";
import { tenantQuery } from "@/server/trpc/procedures";
import { getSwitchboard } from "./index";

export const switchboardRouter = createRouter({ get: tenantQuery(getSwitchboard) });
