import type { inferRouterOutputs } from "@trpc/server";
import type { AppRouter } from "@/server/trpc/root";

type Shown = inferRouterOutputs<AppRouter>["policyChanges"];

/** A change that waits for its second person. */
export type PendingChange = NonNullable<Shown["policy"]["pending"]>;
/** Whom and what of the tenant another policy would touch. */
export type Affected = PendingChange["affected"];
/** What became of the questions that were really asked. */
export type Replayed = PendingChange["replayed"];
/** A change as the list shows it. */
export type ListedChange = Shown["list"]["rows"][number];
