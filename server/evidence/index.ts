export { EVIDENCE, EVIDENCE_KINDS, type EvidenceKind } from "./domain/kinds";
export { type EvidenceFilter, type EvidenceItem, latestEvidence, listEvidence } from "./items";
export type { EvidenceFault } from "./domain/reconcile";
export { listReconciled } from "./list-reconciled";
export { loadEvidence } from "./load";
export { type CollectContext, keepEvidence } from "./keep-evidence";
export { readEvidence, storeEvidence } from "./store";
export { countCollected, getCollected, listCollected } from "./list-collected";
