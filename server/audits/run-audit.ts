import { and, asc, eq, isNull } from "drizzle-orm";
import { auditChecks, audits } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { CONTROLS } from "@/policies/controls";
import { type ProbingContext, runProbe } from "@/server/compliance";
import { keepEvidence, storeEvidence } from "@/server/evidence";
import { raiseFindings } from "@/server/findings";
import { must } from "@/server/kernel/errors";
import { canonicalJson } from "@/server/kernel/json";
import { type AuditVerdict, CHECKS, type CheckId, type ProbeFound, resultOf, verdictOf } from "./domain/check";

/** Begins an audit of a tenant, with every check waiting; gives the one that is under way, where there is one. */
export async function beginAudit(ctx: ProbingContext): Promise<string> {
  const { tenantId, clock, newId, actor } = ctx;
  return withTenant(ctx, async (tx) => {
    const running = and(eq(audits.tenantId, tenantId), isNull(audits.endedAt));
    const [under] = await tx.select({ id: audits.id }).from(audits).where(running);
    if (under !== undefined) return under.id;
    const id = newId("audit");
    await tx.insert(audits).values({ tenantId, id, startedBy: actor, startedAt: clock.now() });
    const waiting = CHECKS.map(({ id: checkId }, place) => ({ tenantId, auditId: id, checkId, place }));
    await tx.insert(auditChecks).values(waiting.map((row) => ({ ...row, state: "waiting" as const })));
    return id;
  });
}

/** Runs one check of an audit, each of its probes in a transaction of its own, and keeps what it found. */
export async function runCheck(ctx: ProbingContext, auditId: string, checkId: CheckId): Promise<void> {
  const { tenantId, clock } = ctx;
  const check = must(
    CHECKS.find(({ id }) => id === checkId),
    "the check is one of the audit's",
  );
  const found: ProbeFound[] = [];
  for (const probe of check.probes) {
    const now = clock.now();
    const { id, title } = must(
      CONTROLS.controls.find(({ probes }) => probes.includes(probe)),
      "every probe is of a control",
    );
    const { outcome, reason } = await withTenant(ctx, (tx) => runProbe(tx, probe, { tenantId, now }));
    found.push({ probe, control: { id, title }, outcome, reason });
  }
  const result = resultOf(found);
  const own = and(
    ...[eq(auditChecks.tenantId, tenantId), eq(auditChecks.auditId, auditId), eq(auditChecks.checkId, checkId)],
  );
  await withTenant(ctx, (tx) =>
    tx.update(auditChecks).set({ state: result.outcome, result, endedAt: clock.now() }).where(own),
  );
}

/** Ends an audit whose checks have run: its report is kept as evidence, and its gaps as findings. Repeated, it changes nothing. */
export async function endAudit(ctx: ProbingContext, auditId: string): Promise<{ verdict: AuditVerdict }> {
  const { tenantId, clock, blobs } = ctx;
  const own = and(eq(auditChecks.tenantId, tenantId), eq(auditChecks.auditId, auditId));
  const rows = await withTenant(ctx, (tx) => tx.select().from(auditChecks).where(own).orderBy(asc(auditChecks.place)));
  // A check that has not run is unknown: an audit that was cut short does not pass.
  const verdict = verdictOf(rows.map(({ state }) => (state === "waiting" ? "unknown" : state)));
  const checks = rows.map(({ checkId, state, result }) => ({ check: checkId, state, found: result?.found ?? [] }));
  const report = canonicalJson({ audit: auditId, catalogue: CONTROLS.version, verdict, checks });
  const stored = await storeEvidence({ blobs }, tenantId, Buffer.from(`${report}\n`, "utf8"));
  await withTenant(ctx, async (tx) => {
    const kept = await keepEvidence(tx, ctx, {
      ...{ kind: "audit-report", subject: auditId, fileName: "audit-report.json", mediaType: "application/json" },
      ...{ title: `Internal audit: ${verdict}`, ...stored, facts: { verdict }, coversFrom: null, coversTo: null },
      source: `audit:${auditId}`,
    });
    if (kept === null) return;
    for (const { checkId, result } of rows)
      await raiseFindings(tx, ctx, result?.gaps ?? [], { auditId, checkId, evidenceDigest: stored.digest });
    await tx
      .update(audits)
      .set({ endedAt: clock.now(), verdict, reportDigest: stored.digest })
      .where(and(eq(audits.tenantId, tenantId), eq(audits.id, auditId)));
  });
  return { verdict };
}
