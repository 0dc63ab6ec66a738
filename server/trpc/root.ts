import { tenantsRouter } from "@/server/tenants/router";
import { workflowsRouter } from "@/server/workflows/router";
import { createRouter } from "./init";

/** Every procedure of the product, by feature. */
export const appRouter = createRouter({
  tenants: tenantsRouter,
  workflows: workflowsRouter,
});

export type AppRouter = typeof appRouter;
