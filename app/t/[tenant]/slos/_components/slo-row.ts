import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Slos = inferRouterOutputs<AppRouter>["slos"];

/** An objective as the server tells it. */
export type SloRow = Slos["list"]["rows"][number];
export type SloRule = SloRow["rules"][number];
export type SloHistory = Slos["history"];
export type SloAlert = SloHistory["alerts"][number];
export type BadRun = Slos["badRuns"]["rows"][number];
