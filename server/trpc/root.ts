import { tenantsRouter } from "@/server/tenants/router";
import { createRouter } from "./init";

/** Every procedure of the product, by feature. */
export const appRouter = createRouter({
  tenants: tenantsRouter,
});

export type AppRouter = typeof appRouter;
