import { and, eq, sql } from "drizzle-orm";
import { workflows } from "@/db/schema";
import { must, notFound } from "@/server/kernel/errors";
import { defineWrite, type Scope, tenantItself } from "@/server/verb";
import { newestRuns } from "./newest-runs";
import { askedOf, type RunFilter } from "./run-filter";
import { EXPORTED_ROWS_MAX, runFilterSchema } from "./schemas";

/** The tenant itself; throws NotFound for a workflow that it does not have: what no list holds is on no record either. */
async function loadExported(scope: Scope, { workflowId }: RunFilter) {
  if (workflowId === undefined) return tenantItself(scope);
  const [found] = await scope.tx
    .select({ id: workflows.id })
    .from(workflows)
    .where(and(eq(workflows.tenantId, scope.ctx.tenantId), eq(workflows.id, workflowId)));
  if (found === undefined) throw notFound("workflow");
  return tenantItself(scope);
}

/**
 * Puts an export of runs on record before its first row leaves, and says what it holds: the runs within the caller's reach
 * that the filter lets through and that had been asked for by now, counted up to the most that one export may hold.
 */
export const exportRuns = defineWrite({
  action: "tenant.read",
  receipt: "run.export",
  input: runFilterSchema,
  load: loadExported,
  write: async (scope, filter) => {
    const { ctx, tx, now } = scope;
    const before = filter.to !== undefined && filter.to < now ? filter.to : now;
    const { across, where } = await askedOf(scope, { ...filter, to: before });
    const newest = { tenantId: ctx.tenantId, across, where };
    const [counted] = await tx
      .select({ rows: sql<number>`count(*)::int` })
      .from(newestRuns({ ...newest, limit: EXPORTED_ROWS_MAX + 1 }));
    const { rows: found } = must(counted, "a count is one row");
    const rows = Math.min(found, EXPORTED_ROWS_MAX);
    const isCut = found > rows;
    return {
      value: { rows, isCut, before: before.toISOString() },
      detail: { filter: { ...filter, from: filter.from?.toISOString(), to: filter.to?.toISOString() }, rows, isCut },
    };
  },
});
