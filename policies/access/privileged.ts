import type { Action } from "./vocabulary";

/**
 * Actions whose permissions are put on record like denials, as they change who may do what, what runs, or what stands in the
 * way of it. No reads and no starts of runs, of which there are too many to say anything. Closed: an action is here or it is not.
 */
export const PRIVILEGED: ReadonlySet<Action> = new Set<Action>([
  ...["deployment.kill", "deployment.lift", "deployment.set_quotas", "deployment.provision"],
  ...["tenant.update", "tenant.kill", "tenant.lift", "tenant.pause", "tenant.resume"],
  ...["member.invite", "member.update", "member.remove"],
  ...["api_key.create", "api_key.rotate", "api_key.revoke"],
  ...["secret.set", "secret.update", "secret.delete"],
  ...["workflow.review", "workflow.publish", "workflow.retire"],
  ...["workflow.kill", "workflow.lift", "workflow.pause", "workflow.resume"],
  ...["run.kill", "approval.decide"],
  ...["trigger.expose", "trigger.rotate"],
  ...["adapter.register", "adapter.update", "adapter.rotate", "adapter.end"],
  ...["policy.propose", "policy.approve", "policy.withdraw"],
  ...["break_glass.open", "break_glass.approve", "break_glass.end"],
  ...["access_review.open", "access_review.decide", "access_review.close"],
  "remediation.assign",
  ...["billing.change", "pricing.set", "slo.set", "catalogue.sign"],
  ...["evidence.collect", "evidence.export", "audit.run", "finding.assign", "finding.close"],
] as const satisfies readonly Action[]);
