import { and, eq, lte } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { members } from "@/db/schema";
import { type Tx, withSystem, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { endGrant } from "./auditor-grant";
import { memberRemoved } from "./events";
import { lockTenant } from "./load";

interface EndContext {
  clock: Clock;
  newId: NewId;
  requestId: string;
}

const isOverAt = (now: Date) => lte(members.auditorUntil, now);

/** Tidies away the membership of an auditor whose time is over, with a receipt; anybody else's stays. The caller holds the tenant's lock. */
export async function endOverAuditor(
  tx: Tx,
  ctx: EndContext,
  { tenantId, userId }: { tenantId: string; userId: string },
): Promise<void> {
  const now = ctx.clock.now();
  const [over] = await tx
    .delete(members)
    .where(and(eq(members.tenantId, tenantId), eq(members.userId, userId), isOverAt(now)))
    .returning({ id: members.id, until: members.auditorUntil });
  if (over === undefined) return;
  await endGrant(tx, tenantId, over.id, now);
  recordEvents(tx, tenantId, ctx.newId, [eventOf(memberRemoved, { tenantId, memberId: over.id, userId })]);
  appendLink(tx, "receipts", {
    ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "system" },
    ...{ action: "auditor.end", subject: `member:${over.id}` },
    body: {
      requestId: ctx.requestId,
      detail: { userId, until: over.until?.toISOString() ?? null, reason: "its time was over" },
    },
  });
}

/**
 * Tidies away the memberships of auditors whose time is over, in every tenant. They opened nothing since: whoever reads a
 * membership compares its end with the moment. Returns how many there were.
 */
export async function endOverAuditors(ctx: EndContext & { database: Database }): Promise<number> {
  const over = await withSystem(ctx, "end-auditors", (tx) =>
    tx.select({ tenantId: members.tenantId, userId: members.userId }).from(members).where(isOverAt(ctx.clock.now())),
  );
  for (const { tenantId, userId } of over)
    await withTenant({ database: ctx.database, tenantId }, async (tx) => {
      await lockTenant(tx, tenantId);
      await endOverAuditor(tx, ctx, { tenantId, userId });
    });
  return over.length;
}
