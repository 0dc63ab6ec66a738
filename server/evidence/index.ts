export { EVIDENCE, EVIDENCE_KINDS, type EvidenceKind } from "./domain/kinds";
export { type EvidenceFilter, type EvidenceItem, latestEvidence, listEvidence } from "./items";
export { loadEvidence } from "./load";
export { type CollectContext, keepEvidence } from "./keep-evidence";
export { readEvidence, storeEvidence } from "./store";
export { countCollected, getCollected, listCollected } from "./list-collected";
