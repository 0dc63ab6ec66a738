export { applyMitigation, previewMitigation, undoMitigation } from "./apply-mitigation";
export { listMitigations } from "./list-mitigations";
export { mitigateBreach } from "./mitigate-breach";
export { drillRules, rehearse, undoDrill } from "./rehearse";
export { getMitigationRules, setMitigationRules } from "./rules";
export { measureMitigation, tendMitigations } from "./tend-mitigations";
