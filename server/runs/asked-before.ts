import { sql } from "drizzle-orm";
import { approvals, runs, runSteps } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { readTaskId } from "./domain/task";

interface Place {
  tenantId: string;
  runId: string;
  /** Place of a step among those that the run began. */
  position: number;
}

/**
 * Ids of the steps that a run finished before one of its steps and over which people were asked: its approvals, and its calls
 * of runs that were asked about, however deep.
 */
export async function stepsAskedBefore(tx: Tx, { tenantId, runId, position }: Place): Promise<string[]> {
  const { rows } = await tx.execute<{ step_id: string }>(sql`
    with recursive finished as (
      select step_id, type, coalesce(reused_from, run_id) as performed_in from ${runSteps}
      where tenant_id = ${tenantId} and run_id = ${runId} and position < ${position} and status = 'succeeded'
        and type in ('approval', 'workflow')
    ), called as (
      select f.step_id, r.id from finished f
      join ${runs} r on r.tenant_id = ${tenantId} and r.parent_run_id = f.performed_in and r.parent_task_id = f.step_id
      union
      select c.step_id, r.id from called c
      join ${runs} r on r.tenant_id = ${tenantId} and r.parent_run_id = c.id
    )
    select step_id from finished where type = 'approval'
    union
    select step_id from called c
    where exists (select from ${approvals} a where a.tenant_id = ${tenantId} and a.run_id = c.id)
    order by step_id`);
  return [...new Set(rows.map(({ step_id: taskId }) => readTaskId(taskId).stepId))];
}
