export { decidePolicyChange, withdrawPolicyChange } from "./decide-policy-change";
export { policyDecided, policyProposed } from "./events";
export { followDefault } from "./follow-default";
export { getPolicy } from "./get-policy";
export { keepSnapshots } from "./keep-snapshots";
export { listPolicyChanges } from "./list-policy-changes";
export { previewPolicy } from "./preview-policy";
export { proposePolicy } from "./propose-policy";
