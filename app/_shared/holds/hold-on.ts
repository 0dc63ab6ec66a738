import type { inferRouterOutputs } from "@trpc/server";
import { CLASS_WORDS } from "@/server/workflows/domain/execution-class";
import type { AppRouter } from "@/server/trpc/root";

/** A kill or pause that is on, as the server tells of it. */
export type HoldOn = inferRouterOutputs<AppRouter>["holds"]["list"][number];

/** What a hold lies on, in words. */
export function heldThing({ scope, workflow, executionClass }: HoldOn): string {
  if (workflow !== null) return workflow.name;
  if (executionClass !== null) return `runs of class ${CLASS_WORDS[executionClass]}`;
  return scope === "deployment" ? "all tenants" : "this tenant";
}
