import { withTenant } from "@/db/tenancy";
import { requireFeature } from "@/server/entitlements";
import { conflict, must } from "@/server/kernel/errors";
import { CHECKS, type CheckId, type Outcome } from "./domain/check";
import type { AuditingContext } from "./look";
import { beginAudit, endAudit, runCheck } from "./run-audit";

/** What an audit came to, for whoever waited for it. */
export interface AuditOutcome {
  auditId: string;
  verdict: Outcome;
  checks: { check: CheckId; title: string; outcome: Outcome }[];
  /** Gaps that it found, each one finding. */
  findings: number;
  /** SHA-256 of its report, lower hex. */
  reportDigest: string;
}

/**
 * Audits a tenant while the caller waits, for a command. Throws NotEntitled without the internal audit, and Conflict while another
 * audit is under way.
 */
export async function auditNow(ctx: AuditingContext, onCheck: (title: string) => void): Promise<AuditOutcome> {
  const { tenantId, newId, clock, actor: startedBy } = ctx;
  const begun = await withTenant(ctx, async (tx) => {
    const now = clock.now();
    await requireFeature(tx, tenantId, "internal-audit", now);
    return beginAudit(tx, { tenantId, newId, now, startedBy });
  });
  const { auditId } = begun;
  if (!begun.isNew) throw conflict("An audit is under way. Ask again once it has ended.");
  const checks: AuditOutcome["checks"] = [];
  for (const { id: check, title } of CHECKS) {
    onCheck(title);
    checks.push({ check, title, outcome: await runCheck(ctx, auditId, check) });
  }
  const { verdict, findings, digest } = must(await endAudit(ctx, auditId), "nobody else ends this audit");
  return { auditId, verdict, checks, findings, reportDigest: digest };
}
