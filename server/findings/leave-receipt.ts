import { appendLink } from "@/db/chain";
import type { Tx } from "@/db/tenancy";
import type { CollectContext } from "@/server/evidence";
import type { Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";

/** Leaves the receipt of what a job did to a finding, in the caller's transaction. */
export function leaveReceipt(
  tx: Tx,
  { tenantId, clock, newId, requestId, actor }: CollectContext,
  action: ReceiptAction,
  findingId: string,
  detail: Json,
): void {
  appendLink(tx, "receipts", {
    ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor, action },
    ...{ subject: `finding:${findingId}`, body: { requestId, detail } },
  });
}
