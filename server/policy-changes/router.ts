import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  decidePolicyChange,
  getPolicy,
  listPolicyChanges,
  previewPolicy,
  proposePolicy,
  withdrawPolicyChange,
} from "./index";

export const policyChangesRouter = createRouter({
  policy: tenantQuery(getPolicy),
  preview: tenantQuery(previewPolicy),
  list: tenantQuery(listPolicyChanges),
  propose: tenantMutation(proposePolicy),
  decide: tenantMutation(decidePolicyChange),
  withdraw: tenantMutation(withdrawPolicyChange),
});
