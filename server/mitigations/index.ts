export { applyMitigation, previewMitigation, undoMitigation } from "./apply-mitigation";
export { listMitigations } from "./list-mitigations";
export { mitigateBreach } from "./mitigate-breach";
export { getMitigationRules, setMitigationRules } from "./rules";
export { measureMitigation, tendMitigations } from "./tend-mitigations";
