import { appendLink } from "@/db/chain";
import { recordEvents } from "@/db/outbox";
import type { Tx } from "@/db/tenancy";
import { actorRef } from "@/server/kernel/actor";
import type { DomainEvent } from "@/server/kernel/event";
import { digestJson, type Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import type { UserContext } from "@/server/verb";

/** Puts on a tenant's record what a person did with their own membership, which no policy decides. Last in the transaction. */
export async function recordOwnAct(
  tx: Tx,
  ctx: UserContext,
  tenantId: string,
  act: { receipt: ReceiptAction; subject: string; now: Date; input: unknown; detail: Json; event: DomainEvent },
): Promise<void> {
  recordEvents(tx, tenantId, ctx.newId, [act.event]);
  appendLink(tx, "receipts", {
    tenantId,
    id: ctx.newId("receipt"),
    at: act.now.toISOString(),
    actor: actorRef(ctx.actor),
    action: act.receipt,
    subject: act.subject,
    body: {
      inputDigest: digestJson(act.input),
      requestId: ctx.requestId,
      detail: act.detail,
    },
  });
}
