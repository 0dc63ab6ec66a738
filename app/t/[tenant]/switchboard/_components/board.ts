import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

/** What the Switchboard shows. */
export type Board = inferRouterOutputs<AppRouter>["switchboard"]["get"];
