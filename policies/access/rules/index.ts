import type { Rule } from "../rule";
import { adapterRules } from "./adapters";
import { approvalRules } from "./approvals";
import { assuranceRules } from "./assurance";
import { billingRules } from "./billing";
import { denialRules } from "./denials";
import { holdRules } from "./holds";
import { policyRules } from "./policies";
import { quotaRules } from "./quotas";
import { runRules } from "./runs";
import { secretRules } from "./secrets";
import { tenantRules } from "./tenants";
import { triggerRules } from "./triggers";
import { workflowRules } from "./workflows";

/** The whole policy, in the order in which it is shown. */
export const RULES: readonly Rule[] = [
  ...tenantRules,
  ...secretRules,
  ...workflowRules,
  ...runRules,
  ...approvalRules,
  ...triggerRules,
  ...adapterRules,
  ...holdRules,
  ...quotaRules,
  ...policyRules,
  ...assuranceRules,
  ...billingRules,
  ...denialRules,
];
