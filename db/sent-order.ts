import { preparedSql } from "./prepared";
import { sendLast, type Tx } from "./tenancy";

const among = preparedSql(
  "send-among-others",
  "select pg_advisory_xact_lock_shared(hashtextextended('sent:' || $1, 0))",
);
const after = preparedSql("after-those-sent", "select pg_advisory_xact_lock(hashtextextended('sent:' || $1, 0))");

/** Before a tenant's event is given its place: until the end of the transaction nobody reads which place is the last. */
export const sendAmongOthers = (tx: Tx, tenantId: string): Promise<unknown> => among(tx, [tenantId]);

/**
 * Before the last place is read, in a statement of its own that comes after: every event that has its place is committed then.
 * Waits on the server alone, for what is being committed.
 */
export function afterThoseSent(tx: Tx, tenantId: string): void {
  sendLast(tx, () => after(tx, [tenantId]));
}
