import { type CheckId, CHECKS } from "@/server/audits/domain/check";
import { DIFFERENCE_KINDS } from "@/server/billing/domain/difference";
import { NOTICE_KINDS } from "@/server/billing/domain/inbox";
import { DRIFT_KINDS } from "@/server/drift/domain/difference";
import { TRICKLE } from "@/server/slos/domain/judge-slo";
import type { Sli } from "@/server/slos/domain/sli";

/** Rules by which an objective's alert comes on, in every edition. */
const SLO_RULES = ["page-quick", "page-slow", "ticket", "ticket-slow", TRICKLE] as const;

const probesOf = (check: CheckId): readonly string[] => CHECKS.find(({ id }) => id === check)?.probes ?? [];

/**
 * Every alert that the product raises: the name of its runbook, `docs/runbooks/<name>.md`, with those alerts that have a part
 * of their own in it, under a heading of their name. Tests hold it to the runbooks, and to the code that raises them.
 */
export const ALERTS = {
  // An objective spends its budget too fast (server/slos).
  "slo-workflow-success": SLO_RULES,
  "slo-workflow-latency": SLO_RULES,
  "slo-policy-decision-latency": SLO_RULES,
  "slo-incident-path-latency": SLO_RULES,
  "slo-compliance-path-latency": SLO_RULES,
  // Objectives cannot be trusted (policies/slos, by Prometheus).
  "slo-no-data": [],
  "slo-late": [],
  "slo-drift": [],
  // What `/api/ready` looks at (server/health).
  "ready-db": [],
  "ready-engine": [],
  "ready-flags": [],
  "ready-billing": [],
  "ready-mail": [],
  // A check of an audit finds a gap (server/audits): by probe.
  "audit-role-mappings": probesOf("role-mappings"),
  "audit-policy-packs": probesOf("policy-packs"),
  "audit-slo-configs": probesOf("slo-configs"),
  "audit-incident-readiness": probesOf("incident-readiness"),
  "audit-dr-readiness": probesOf("dr-readiness"),
  "audit-secrets-age": probesOf("secrets-age"),
  "audit-drift": probesOf("drift"),
  "audit-record": probesOf("record"),
  "audit-supported-controls": probesOf("supported-controls"),
  // What people are told of, in the app or by mail (server/notifications).
  "incident-opened": [],
  "run-failed": [],
  "usage-reached": [],
  "drift-found": DRIFT_KINDS,
  "break-glass": ["asked", "opened", "ended"],
  "finding-overdue": [],
  "access-review": ["opened", "soon", "overdue"],
  "billing-noticed": NOTICE_KINDS,
  "billing-differs": DIFFERENCE_KINDS,
} as const satisfies Readonly<Record<string, readonly string[]>>;
export type Runbook = keyof typeof ALERTS;

/** The page of a runbook in the app; of one of its parts, where it has that. */
export function runbookHref(runbook: Runbook, part?: string): string {
  const parts: readonly string[] = ALERTS[runbook];
  return `/docs/runbooks/${runbook}${part !== undefined && parts.includes(part) ? `#${part}` : ""}`;
}

/** What to do about the alert of an objective. */
export const sloRunbook = (sli: Sli, rule?: string): string => runbookHref(`slo-${sli}`, rule);

/** What to do about a gap that an audit found: by its probe, else as one of a control that rests on evidence. */
export function gapRunbook(key: string): string {
  const check = CHECKS.find(({ probes }) => probes.some((probe) => probe === key));
  return runbookHref(`audit-${check?.id ?? "supported-controls"}`, key);
}

/**
 * What people are told of in the app, by the first words of what keeps it from being told twice: its runbook, or null for
 * what is no alert but work that waits.
 */
export const NEWS: Readonly<Record<string, Runbook | null>> = {
  access_review: "access-review",
  "approval.asked": null,
  "approval.ended": null,
  "billing.differs": "billing-differs",
  "billing.noticed": "billing-noticed",
  break_glass: "break-glass",
  "finding.overdue": "finding-overdue",
  incident: "incident-opened",
  "policy.decided": null,
  "policy.proposed": null,
  "remediation.opened": "drift-found",
  "run.finished": "run-failed",
  "usage.reached": "usage-reached",
  "workflow.reviewed": null,
  "workflow.submitted": null,
};

/** The runbook of what a person was told, by what keeps it from being told twice; null where it is no alert. */
export function newsRunbook(dedupe: string): string | null {
  const [name = "", kind] = dedupe.split(":");
  const [noun = "", turn] = name.split(".");
  const runbook = NEWS[name] ?? NEWS[noun] ?? null;
  // Reminders are counted: `overdue-2`. Notices about a plan say their kind next.
  return runbook === null ? null : runbookHref(runbook, noun === "billing" ? kind : turn?.replace(/-\d+$/, ""));
}
