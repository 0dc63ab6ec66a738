import { and, eq, isNull } from "drizzle-orm";
import { appendLinks } from "@/db/chain";
import type { Database } from "@/db/client";
import { recordEvents } from "@/db/outbox";
import { sloAlerts } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import type { Clock } from "@/server/kernel/clock";
import { eventOf } from "@/server/kernel/event";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { ReceiptAction } from "@/server/receipts/domain/actions";
import type { AlertChange } from "./domain/judge-slo";
import { sloBreached, sloRecovered } from "./events";

interface SettleContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
  tenantId: string;
}

/** An alert of one objective that came on, or went off. */
export type SloChange = AlertChange & { sloId: string };

interface Settled {
  action: ReceiptAction;
  alertId: string;
  change: SloChange;
}

async function open(tx: Tx, ctx: SettleContext, change: SloChange, minute: Date): Promise<Settled | null> {
  const { sloId, ruleId, severity, reason, figures } = change;
  const [made] = await tx
    .insert(sloAlerts)
    .values({
      ...{ tenantId: ctx.tenantId, id: ctx.newId("sloAlert"), sloId, ruleId, severity, reason, figures },
      openedAt: minute,
    })
    .onConflictDoNothing()
    .returning({ id: sloAlerts.id });
  return made === undefined ? null : { action: "slo.breach", alertId: made.id, change };
}

async function close(tx: Tx, ctx: SettleContext, change: SloChange, minute: Date): Promise<Settled | null> {
  const [gone] = await tx
    .update(sloAlerts)
    .set({ closedAt: minute })
    .where(
      and(
        eq(sloAlerts.tenantId, ctx.tenantId),
        eq(sloAlerts.sloId, change.sloId),
        eq(sloAlerts.ruleId, change.ruleId),
        isNull(sloAlerts.closedAt),
      ),
    )
    .returning({ id: sloAlerts.id });
  return gone === undefined ? null : { action: "slo.recover", alertId: gone.id, change };
}

/** Writes what changed about the alerts of one tenant, in one transaction. What stands so already is left. */
export function settleAlerts(
  ctx: SettleContext,
  changes: readonly SloChange[],
  minute: Date,
): Promise<{ opened: number; closed: number }> {
  const { tenantId, newId, requestId, clock } = ctx;
  return withTenant(ctx, async (tx) => {
    const settled: Settled[] = [];
    for (const change of changes) {
      const done = await (change.isOn ? open : close)(tx, ctx, change, minute);
      if (done !== null) settled.push(done);
    }
    const at = clock.now().toISOString();
    recordEvents(
      tx,
      tenantId,
      newId,
      settled.map(({ alertId, change: { sloId, severity, isOn } }) =>
        eventOf(isOn ? sloBreached : sloRecovered, { tenantId, alertId, sloId, severity }),
      ),
    );
    appendLinks(
      tx,
      "receipts",
      settled.map(({ action, alertId, change: { sloId, ruleId, reason, figures } }) => ({
        ...{ tenantId, id: newId("receipt"), at, actor: "job:judge-slos", action, subject: `slo:${sloId}` },
        body: {
          requestId,
          detail: { alertId, rule: ruleId, reason, figures, minute: minute.toISOString() } as unknown as Json,
        },
      })),
    );
    const opened = settled.filter(({ change }) => change.isOn).length;
    return { opened, closed: settled.length - opened };
  });
}
