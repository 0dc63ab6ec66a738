export { defineWorkflow } from "./define-workflow";
export { inputs, ref, secret } from "./references";
