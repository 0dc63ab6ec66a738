import { createRouter } from "@/server/trpc/init";
import { tenantMutation, tenantQuery } from "@/server/trpc/procedures";
import {
  checkWorkflow,
  createWorkflow,
  getWorkflow,
  listWorkflows,
  publishVersion,
  retireWorkflow,
  reviewVersion,
  saveDraft,
  submitVersion,
} from "./index";

export const workflowsRouter = createRouter({
  list: tenantQuery(listWorkflows),
  get: tenantQuery(getWorkflow),
  check: tenantQuery(checkWorkflow),
  create: tenantMutation(createWorkflow),
  saveDraft: tenantMutation(saveDraft),
  submit: tenantMutation(submitVersion),
  review: tenantMutation(reviewVersion),
  publish: tenantMutation(publishVersion),
  retire: tenantMutation(retireWorkflow),
});
