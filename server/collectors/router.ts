import { createRouter } from "@/server/trpc/init";
import { tenantMutation } from "@/server/trpc/procedures";
import { askCollection } from "./index";

export const collectorsRouter = createRouter({ ask: tenantMutation(askCollection) });
