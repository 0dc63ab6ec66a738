import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import { deploymentKills, holds, runs } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { RunRef } from "./commit-progress";
import type { ExecutionContext } from "./context";
import { endRuns } from "./end-runs";

/** What ending runs for a kill needs. */
type KillContext = Pick<ExecutionContext, "database" | "tenantId" | "clock" | "newId" | "requestId">;

/** The runs of one workflow, or of the whole tenant (null). */
export interface HeldScope {
  workflowId: string | null;
}

interface Kill {
  id: string;
  reason: string;
}

/** The kill that is on over a workflow or the tenant, the widest first; undefined where none is. */
async function killOver(tx: Tx, tenantId: string, { workflowId }: HeldScope): Promise<Kill | undefined> {
  const [ofAll] = await tx
    .select({ id: deploymentKills.id, reason: deploymentKills.reason })
    .from(deploymentKills)
    .where(sql`${deploymentKills.liftedAt} is null`);
  if (ofAll !== undefined) return ofAll;
  const [own] = await tx
    .select({ id: holds.id, reason: holds.reason })
    .from(holds)
    .where(
      and(
        ...[eq(holds.tenantId, tenantId), eq(holds.kind, "kill"), sql`${holds.liftedAt} is null`],
        sql`(${holds.scope} = 'tenant' or ${holds.workflowId} = ${workflowId})`,
      ),
    )
    .orderBy(asc(holds.scope));
  return own;
}

/**
 * Ends open runs that a kill is on over, each with its receipt and event; returns how many. None where no kill is on. One
 * that a turn is at is waited for: it ends by its commit, or here.
 */
function endOpen(ctx: KillContext, over: HeldScope, which: SQL | undefined, most: number): Promise<number> {
  return withTenant(ctx, async (tx) => {
    const kill = await killOver(tx, ctx.tenantId, over);
    if (kill === undefined) return 0;
    const rows = await tx
      .select({ id: runs.id, status: runs.status })
      .from(runs)
      .where(and(eq(runs.tenantId, ctx.tenantId), inArray(runs.status, ["queued", "running"]), which))
      // In one order, so that two who end runs at once wait for each other and no more.
      .orderBy(asc(runs.id))
      .limit(most)
      .for("no key update");
    const { tenantId, newId, requestId } = ctx;
    const by = { tenantId, newId, requestId, now: ctx.clock.now(), actor: "job:settle-holds" };
    const failure = { code: "killed", message: kill.reason };
    await endRuns(tx, rows, { ...by, status: "killed", failure, detail: { hold: kill.id } });
    return rows.length;
  });
}

/** Ends the open runs of a workflow or tenant that a kill is on over, at most so many; returns how many it ended. */
export function killHeldRuns(ctx: KillContext, scope: HeldScope, most: number): Promise<number> {
  const { workflowId } = scope;
  return endOpen(ctx, scope, workflowId === null ? undefined : eq(runs.workflowId, workflowId), most);
}

/** Ends one run whose turn found that a kill is on. */
export const killHeldRun = (ctx: KillContext, run: RunRef): Promise<number> =>
  endOpen(ctx, run, eq(runs.id, run.runId), 1);
