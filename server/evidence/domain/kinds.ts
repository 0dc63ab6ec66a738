/** What is collected as evidence, with what each is. */
export const EVIDENCE = {
  "policy-snapshot": "Policy in force",
  "policy-bundle": "OPA bundle",
  "simulation-report": "Policy simulation",
  sbom: "Software bill of materials",
  provenance: "Build provenance",
  "test-results": "Test results",
  "slo-capture": "SLO capture",
  "incident-report": "Incident report",
  "drill-report": "Incident drill",
  "access-review": "Access review",
  "change-sample": "Changes with their approvals",
  "backup-drill": "Restore rehearsal",
  "receipt-range": "Receipts with signed heads",
  "drift-report": "Drift",
  "control-probes": "Control probes",
  "audit-report": "Internal audit",
} as const;

export type EvidenceKind = keyof typeof EVIDENCE;

export const EVIDENCE_KINDS = Object.keys(EVIDENCE) as [EvidenceKind, ...EvidenceKind[]];
