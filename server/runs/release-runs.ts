import { preparedSql } from "@/db/prepared";
import { withTenantStatement } from "@/db/tenancy";
import { runStarted } from "./events";
import type { ExecutionContext } from "./execution/context";
import type { HeldScope } from "./execution/kill-held-runs";

const release = preparedSql<{ looked_at: number }>("release-runs", "select release_runs($1, $2, $3, $4) as looked_at");

/**
 * Lets runs that waited for a pause begin, the oldest first, at most so many; returns how many it looked at, less than
 * that many only when no more wait. Each leaves the queue in the statement that records its event, so that it is asked for
 * once, whoever else releases or crashes. One that another pause lies on goes on waiting.
 */
export async function releaseRuns(
  ctx: Pick<ExecutionContext, "database" | "tenantId" | "newId">,
  { workflowId }: HeldScope,
  most: number,
): Promise<number> {
  const eventIds = Array.from({ length: most }, () => ctx.newId("event"));
  const [row] = await withTenantStatement(ctx, (db) =>
    release(db, [ctx.tenantId, workflowId, runStarted.name, eventIds]),
  );
  return row?.looked_at ?? 0;
}
