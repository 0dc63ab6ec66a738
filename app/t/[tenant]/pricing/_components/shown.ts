import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

export type Analysis = inferRouterOutputs<AppRouter>["pricing"]["analyse"];
export type Month = Analysis["months"][number];
export type Sensitivity = NonNullable<Month["sensitivity"]>;
