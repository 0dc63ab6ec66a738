import { preparedSql } from "./prepared";
import { sendLast, type Tx } from "./tenancy";

const close = preparedSql("close-gate", "select close_gate($1)");
const expect = preparedSql("expect-hold", "select expect_hold($1, $2, $3, $4, $5, $6, $7)");

/**
 * Lets the caller's transaction end with nobody else behind the gate of a tenant, or of all tenants (null): every turn and
 * start either was committed before, or sees what this one commits. Waits on the server alone, for what is being committed.
 */
export function closeGate(tx: Tx, tenantId: string | null): void {
  sendLast(tx, () => close(tx, [tenantId]));
}

/**
 * Lets the caller's transaction end only with this hold on (null: none) over what it starts, and with no more runs queued, and
 * started this month, than may be (null: any number), its own included; else it is tried again from the start.
 */
export function expectHold(
  tx: Tx,
  run: { tenantId: string; workflowId: string; executionClass: string; runId: string },
  { hold, mostQueued, mostStarted }: { hold: string | null; mostQueued: number; mostStarted: number | null },
): void {
  const { tenantId, workflowId, executionClass, runId } = run;
  sendLast(tx, () => expect(tx, [tenantId, workflowId, executionClass, runId, hold, mostQueued, mostStarted]));
}
