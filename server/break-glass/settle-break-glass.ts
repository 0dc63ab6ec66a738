import { and, eq, lte } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { breakGlassGrants } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import { breakGlassEnded } from "./events";

interface SettleContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/**
 * Puts on record that grants have expired, so that they are looked at. They opened nothing since their moment came: every
 * decision compares it with its own. Returns how many there were.
 */
export async function settleBreakGlass(ctx: SettleContext): Promise<number> {
  const now = ctx.clock.now();
  const isOver = and(eq(breakGlassGrants.status, "open"), lte(breakGlassGrants.expiresAt, now));
  const over = await withSystem(ctx, "settle-break-glass", (tx) =>
    tx.select({ tenantId: breakGlassGrants.tenantId, id: breakGlassGrants.id }).from(breakGlassGrants).where(isOver),
  );
  for (const { tenantId, id } of over)
    await withTenant({ database: ctx.database, tenantId }, async (tx) => {
      const itself = and(eq(breakGlassGrants.tenantId, tenantId), eq(breakGlassGrants.id, id), isOver);
      const ended = await tx
        .update(breakGlassGrants)
        .set({ status: "ended", endedBy: "system", endedAt: now })
        .where(itself)
        .returning({ id: breakGlassGrants.id });
      if (ended.length === 0) return;
      recordEvents(tx, tenantId, ctx.newId, [eventOf(breakGlassEnded, { tenantId, grantId: id })]);
      appendLink(tx, "receipts", {
        ...{ tenantId, id: ctx.newId("receipt"), at: now.toISOString(), actor: "system" },
        ...{ action: "break_glass.end", subject: `break_glass:${id}` },
        body: { requestId: ctx.requestId, detail: { reason: "its time was over" } },
      });
    });
  return over.length;
}
