import { and, asc, eq, isNull } from "drizzle-orm";
import { auditChecks, audits } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import type { ProbingContext } from "@/server/compliance";
import { keepEvidence, storeEvidence } from "@/server/evidence";
import { raiseFindings } from "@/server/findings";
import { must } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import type { NewId } from "@/server/kernel/ids";
import { CHECKS, type CheckFound, type CheckId, gapOf, type Outcome, worstOf } from "./domain/check";
import { type AuditingContext, lookBy } from "./look";

/** An audit takes a minute or two: one that is open for this long has died, and another may begin. */
const DEAD_AFTER_MS = 3_600_000;

/** Begins an audit of a tenant, with every check waiting; gives the one that is under way, where there is one. */
export async function beginAudit(
  tx: Tx,
  { tenantId, newId, now, startedBy }: { tenantId: string; newId: NewId; now: Date; startedBy: string },
): Promise<{ auditId: string; isNew: boolean }> {
  const open = and(eq(audits.tenantId, tenantId), isNull(audits.endedAt));
  const [under] = await tx.select().from(audits).where(open).for("update");
  if (under !== undefined && now.getTime() - under.startedAt.getTime() < DEAD_AFTER_MS)
    return { auditId: under.id, isNew: false };
  if (under !== undefined) await tx.update(audits).set({ endedAt: now, verdict: "unknown" }).where(open);
  const auditId = newId("audit");
  const begun = await tx
    .insert(audits)
    .values({ tenantId, id: auditId, startedBy, startedAt: now })
    .onConflictDoNothing()
    .returning({ id: audits.id });
  // Somebody else began one at this moment; theirs is seen by the next look.
  if (begun.length === 0) return beginAudit(tx, { tenantId, newId, now, startedBy });
  const waiting = CHECKS.map(({ id: checkId }, place) => ({ tenantId, auditId, checkId, place }));
  await tx.insert(auditChecks).values(waiting.map((row) => ({ ...row, state: "waiting" as const })));
  return { auditId, isNew: true };
}

/** Runs one check of an audit that is under way, and keeps what it found. */
export async function runCheck(ctx: AuditingContext, auditId: string, checkId: CheckId): Promise<Outcome> {
  const { tenantId, clock } = ctx;
  const check = must(
    CHECKS.find(({ id }) => id === checkId),
    "the check is one of an audit's",
  );
  const found = await lookBy(ctx, check);
  const result = { outcome: worstOf(found.map(({ outcome }) => outcome)), found };
  const own = and(
    ...[eq(auditChecks.tenantId, tenantId), eq(auditChecks.auditId, auditId), eq(auditChecks.checkId, checkId)],
    eq(auditChecks.state, "waiting"),
  );
  await withTenant(ctx, (tx) =>
    tx.update(auditChecks).set({ state: result.outcome, result, endedAt: clock.now() }).where(own),
  );
  return result.outcome;
}

/** The report of an audit as it is kept: canonical JSON. */
export interface AuditReport {
  audit: string;
  tenant: string;
  catalogue: string;
  startedAt: string;
  startedBy: string;
  verdict: Outcome;
  checks: { check: string; state: string; found: readonly CheckFound[] }[];
}

/**
 * Ends an audit whose checks have run: its report is kept as evidence, and its gaps as findings, in one transaction. Gives null
 * for one that has ended already.
 */
export async function endAudit(
  ctx: ProbingContext,
  auditId: string,
): Promise<{ verdict: Outcome; digest: string; findings: number } | null> {
  const { tenantId, clock, blobs } = ctx;
  const own = and(eq(audits.tenantId, tenantId), eq(audits.id, auditId));
  const [[audit], rows] = await withTenant(ctx, async (tx) => [
    await tx.select().from(audits).where(own),
    await tx
      .select()
      .from(auditChecks)
      .where(and(eq(auditChecks.tenantId, tenantId), eq(auditChecks.auditId, auditId)))
      .orderBy(asc(auditChecks.place)),
  ]);
  if (audit === undefined || audit.endedAt !== null) return null;
  // A check that has not run is unknown: an audit that was cut short does not pass.
  const verdict = worstOf(rows.map(({ state }) => (state === "waiting" ? "unknown" : state)));
  const report: AuditReport = {
    ...{ audit: auditId, tenant: tenantId, catalogue: CONTROLS.version, verdict },
    ...{ startedAt: audit.startedAt.toISOString(), startedBy: audit.startedBy },
    checks: rows.map(({ checkId, state, result }) => ({ check: checkId, state, found: result?.found ?? [] })),
  };
  const stored = await storeEvidence({ blobs }, tenantId, Buffer.from(`${canonicalJson(report as never)}\n`, "utf8"));
  return withTenant(ctx, async (tx) => {
    const now = clock.now();
    const ended = await tx
      .update(audits)
      .set({ endedAt: now, verdict, reportDigest: stored.digest })
      .where(and(own, isNull(audits.endedAt)))
      .returning({ id: audits.id });
    if (ended.length === 0) return null;
    await keepEvidence(tx, ctx, {
      ...{ kind: "audit-report", subject: auditId, fileName: "audit-report.json", mediaType: "application/json" },
      ...{ title: `Internal audit: ${verdict}`, ...stored, facts: { verdict }, coversFrom: null, coversTo: null },
      source: `audit:${auditId}`,
    });
    let count = 0;
    for (const { checkId, result } of rows) {
      const gaps = (result?.found ?? []).map(gapOf).filter((gap) => gap !== null);
      count += (await raiseFindings(tx, ctx, gaps, { auditId, checkId, evidenceDigest: stored.digest })).length;
    }
    return { verdict, digest: stored.digest, findings: count };
  });
}

/** Begins the audit of the week; gives the one that is under way, where there is one. */
export const beginWeekly = (
  ctx: Pick<ProbingContext, "database" | "tenantId" | "clock" | "newId">,
  startedBy: string,
): Promise<string> =>
  withTenant(ctx, async (tx) => {
    const { tenantId, newId } = ctx;
    return (await beginAudit(tx, { tenantId, newId, now: ctx.clock.now(), startedBy })).auditId;
  });
