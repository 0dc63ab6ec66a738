import { and, eq, inArray, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { incidents, mitigations } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { noteOnIncident } from "@/server/incidents";
import type { Clock } from "@/server/kernel/clock";
import { digestJson, type Json } from "@/server/kernel/json";
import type { NewId } from "@/server/kernel/ids";
import { hasHelped, type MitigationEnd, leverWords } from "./domain/mitigation";
import { endMitigation } from "./end-mitigation";
import { readFigures } from "./read-figures";

export interface TendContext {
  database: Database;
  clock: Clock;
  newId: NewId;
  requestId: string;
}

/** Minutes after which a mitigation has to show that it helps: twice the window that it is judged by. */
const JUDGED_AFTER_MIN = 10;

type Row = typeof mitigations.$inferSelect;

/** What measuring a mitigation seconds after it was applied found: on its row, its incident's timeline and the record. Once. */
export async function measureMitigation(ctx: TendContext & { tenantId: string }, id: string): Promise<void> {
  const { tenantId, newId, requestId, clock } = ctx;
  const after = await readFigures(ctx, tenantId);
  await withTenant(ctx, async (tx) => {
    const [row] = await tx
      .update(mitigations)
      .set({ after })
      .where(and(eq(mitigations.tenantId, tenantId), eq(mitigations.id, id), isNull(mitigations.after)))
      .returning();
    if (row === undefined) return;
    const { incidentId, before, lever, concurrentRuns, holdIds } = row;
    const record = { mitigation: id, lever, holds: holdIds, concurrentRuns, before, after } as unknown as Json;
    const digest = digestJson(record);
    const limit = concurrentRuns === null ? "" : `, ${concurrentRuns} allowed`;
    await noteOnIncident(tx, ctx, {
      ...{ incidentId, kind: "evidence", source: "mitigation", facts: { digest, before, after } as unknown as Json },
      text: `${leverWords(lever)}: at work ${before.atWork} before, ${after.atWork} after${limit}; queued ${before.queued} before, ${after.queued} after.`,
    });
    appendLink(tx, "receipts", {
      ...{ tenantId, id: newId("receipt"), at: clock.now().toISOString(), actor: "job:mitigate" },
      ...{ action: "mitigation.measure", subject: `incident:${incidentId}` },
      body: { requestId, detail: { digest, record } },
    });
  });
}

async function findOn(ctx: TendContext): Promise<Row[]> {
  return withSystem(ctx, "tend-mitigations", (tx) =>
    tx.select().from(mitigations).where(isNull(mitigations.endedAt)).orderBy(mitigations.appliedAt),
  );
}

/** How a mitigation is to end now, and whether that was judged; null where it goes on. */
async function endOf(
  ctx: TendContext,
  row: Row,
  figures: Awaited<ReturnType<typeof readFigures>>,
): Promise<MitigationEnd | null> {
  const now = ctx.clock.now();
  if (row.expiresAt <= now) return "expired";
  const resolved = await withTenant({ ...ctx, tenantId: row.tenantId }, (tx) =>
    tx
      .select({ id: incidents.id })
      .from(incidents)
      .where(
        and(
          ...[eq(incidents.tenantId, row.tenantId), eq(incidents.id, row.incidentId)],
          inArray(incidents.status, ["resolved", "closed"]),
        ),
      ),
  );
  if (resolved.length > 0) return "resolved";
  // What a person has done stays until its time is over: they may know more.
  const isDue = row.ruleId !== null && now.getTime() - row.appliedAt.getTime() >= JUDGED_AFTER_MIN * 60_000;
  return isDue && row.judgedAt === null && hasHelped(row.before, figures) === false ? "rolled_back" : null;
}

/**
 * Ends mitigations whose time is over, whose incident is resolved, and those of rules that did not help: each with its
 * receipt. May be repeated. Returns how many ended.
 */
export async function tendMitigations(ctx: TendContext): Promise<number> {
  let ended = 0;
  for (const [tenantId, rows] of Map.groupBy(await findOn(ctx), (row) => row.tenantId)) {
    const figures = await readFigures(ctx, tenantId);
    for (const row of rows) {
      const end = await endOf(ctx, row, figures);
      const isDue = ctx.clock.now().getTime() - row.appliedAt.getTime() >= JUDGED_AFTER_MIN * 60_000;
      await withTenant({ ...ctx, tenantId }, async (tx) => {
        if (end !== null) {
          const by = { ...ctx, tenantId, actor: "job:tend-mitigations" };
          if (await endMitigation(tx, by, { id: row.id, end, now: figures })) ended += 1;
        } else if (isDue && row.judgedAt === null)
          await tx
            .update(mitigations)
            .set({ judgedAt: ctx.clock.now() })
            .where(and(eq(mitigations.tenantId, tenantId), eq(mitigations.id, row.id)));
      });
    }
  }
  return ended;
}
