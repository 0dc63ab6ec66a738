import { and, eq } from "drizzle-orm";
import { runs } from "@/db/schema";
import type { GovernedResource } from "@/policies/access/request";
import { notFound } from "@/server/kernel/errors";
import type { Scope } from "@/server/verb";

export type RunRow = typeof runs.$inferSelect;

/** A run as policy sees it: what it runs, where. Nobody contributes to a run. */
export function runResource(
  row: Pick<RunRow, "tenantId" | "environment" | "region" | "riskProfile" | "businessUnit" | "dataSensitivity">,
): Extract<GovernedResource, { subject: "run" }> {
  const { tenantId, environment, region, riskProfile, businessUnit, dataSensitivity } = row;
  return {
    subject: "run",
    tenantId,
    environment,
    region,
    riskProfile,
    businessUnit,
    dataSensitivity,
    contributors: [],
  };
}

async function load({ ctx, tx }: Scope, runId: string, lock: boolean) {
  const query = tx
    .select()
    .from(runs)
    .where(and(eq(runs.tenantId, ctx.tenantId), eq(runs.id, runId)));
  const [run] = await (lock ? query.for("no key update") : query);
  if (run === undefined) throw notFound("run");
  return { run, resource: runResource(run), subject: `run:${run.id}` };
}

/** A run of this tenant, locked for change; throws NotFound. */
export const loadRunForChange = (scope: Scope, { runId }: { runId: string }) => load(scope, runId, true);

/** A run of this tenant; throws NotFound. */
export const loadRun = (scope: Scope, { runId }: { runId: string }) => load(scope, runId, false);
