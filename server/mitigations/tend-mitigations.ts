import { and, eq, inArray, isNull } from "drizzle-orm";
import { appendLink } from "@/db/chain";
import { incidents, mitigations } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import type { Database } from "@/db/client";
import { noteOnIncident } from "@/server/incidents";
import type { Clock } from "@/server/kernel/clock";
import { digestJson, type Json } from "@/server/kernel/json";
import { eachOnItsOwn } from "@/server/platform/each-on-its-own";
import type { NewId } from "@/server/kernel/ids";
import { type Figures, hasHelped, leverWords, type MitigationEnd } from "./domain/mitigation";
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

/** Milliseconds after which a lever has changed what workers have in hand. */
const SHOWS_AFTER_MS = 5_000;

type Row = typeof mitigations.$inferSelect;

/** Long enough on to have changed what is at work, and not measured yet. */
const hasShown = ({ appliedAt, after }: Row, now: Date): boolean =>
  after === null && now.getTime() - appliedAt.getTime() >= SHOWS_AFTER_MS;

/** Long enough on to show whether it helps, and not looked at for that yet. */
const isToBeJudged = ({ appliedAt, judgedAt }: Row, now: Date): boolean =>
  judgedAt === null && now.getTime() - appliedAt.getTime() >= JUDGED_AFTER_MIN * 60_000;

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

/** How a mitigation is to end now; null where it goes on. */
async function endOf(ctx: TendContext, row: Row, figures: Figures): Promise<MitigationEnd | null> {
  const now = ctx.clock.now();
  // What somebody stopped in need is let go by a person who may, and never by time.
  if (row.kind === "kill") return null;
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
  const isJudged = row.ruleId !== null && isToBeJudged(row, now);
  return isJudged && hasHelped(row.before, figures, row.sli) === false ? "rolled_back" : null;
}

/** Ends one where it is over, or notes that it was judged; true where it ended. */
async function tend(ctx: TendContext & { tenantId: string }, row: Row, figures: Figures): Promise<boolean> {
  const { tenantId, clock } = ctx;
  const end = await endOf(ctx, row, figures);
  if (end === null && !isToBeJudged(row, clock.now())) return false;
  return withTenant(ctx, async (tx) => {
    if (end !== null)
      return endMitigation(tx, { ...ctx, actor: "job:tend-mitigations" }, { id: row.id, end, now: figures });
    await tx
      .update(mitigations)
      .set({ judgedAt: clock.now() })
      .where(and(eq(mitigations.tenantId, tenantId), eq(mitigations.id, row.id)));
    return false;
  });
}

/**
 * Measures what people have done since the last look. Ends mitigations whose time is over, whose incident is resolved, and
 * those of rules that did not help: each with its receipt. May be repeated. Returns how many ended.
 */
export async function tendMitigations(ctx: TendContext): Promise<number> {
  let ended = 0;
  await eachOnItsOwn(
    Map.groupBy(await findOn(ctx), (row) => row.tenantId),
    async ([tenantId, rows]) => {
      const figures = await readFigures(ctx, tenantId);
      for (const row of rows) {
        // What people did is measured here; what a rule did, seconds after it.
        if (hasShown(row, ctx.clock.now())) await measureMitigation({ ...ctx, tenantId }, row.id);
        if (await tend({ ...ctx, tenantId }, row, figures)) ended += 1;
      }
    },
    { what: "tending mitigations", nameOf: ([tenantId]) => tenantId },
  );
  return ended;
}
