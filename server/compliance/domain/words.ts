export { EVIDENCE_KINDS, type EvidenceKind } from "@/server/evidence/domain/kinds";

/** Checks that run against the product itself, each able to find that a control does not hold. */
export const PROBES = [
  "tenant-walls",
  "access-reviewed",
  "grants-end",
  "api-keys-bounded",
  "secrets-sealed",
  "secrets-young",
  "sessions-bounded",
  "roles-apart",
  "published-reviewed",
  "published-unchanged",
  "policy-second-person",
  "approved-by-another",
  "policy-as-approved",
  "drift-clean",
  "receipts-chained",
  "heads-fresh",
  "record-append-only",
  "slos-counted",
  "clocks-agree",
  "incidents-taken-on",
  "drill-recent",
  "incidents-closed",
  "kill-switch-works",
  "break-glass-reviewed",
  "remediations-in-time",
  "backup-restored",
  "recovery-in-time",
] as const;
export type ProbeName = (typeof PROBES)[number];
export const AREAS = ["change", "access", "backup", "logging", "incident", "supply-chain", "assurance"] as const;
export type Area = (typeof AREAS)[number];
