/** The closed words of access policy. Order matters where it is said: least first. */
export const ROLES = [
  "conductor_admin",
  "tenant_admin",
  "workflow_author",
  "workflow_reviewer",
  "operator",
  "read_only",
] as const;
export type Role = (typeof ROLES)[number];

/** The roles that an approval may be asked of. */
export const APPROVER_ROLES = [
  "conductor_admin",
  "tenant_admin",
  "workflow_author",
  "workflow_reviewer",
  "operator",
] as const satisfies Role[];

export const ENVIRONMENTS = ["dev", "staging", "prod"] as const;
export type Environment = (typeof ENVIRONMENTS)[number];

/** The regions of a deployment that names none. Which regions there are is its own list (`CONDUCTOR_REGIONS`), closed like these words. */
export const DEFAULT_REGIONS: readonly string[] = ["eu", "us", "apac"];

/** Least risk first. */
export const RISK_PROFILES = ["low", "medium", "high", "critical"] as const;
export type RiskProfile = (typeof RISK_PROFILES)[number];

/** Least sensitive first; a member's clearance is the highest of these that they may see. */
export const DATA_SENSITIVITIES = ["public", "internal", "confidential", "restricted"] as const;
export type DataSensitivity = (typeof DATA_SENSITIVITIES)[number];

export const IMPORTANCES = ["normal", "important"] as const;
export type Importance = (typeof IMPORTANCES)[number];

export const GOVERNANCE_PROFILES = [
  "conductor-governance-internal",
  "conductor-governance-white-label",
  "conductor-governance-saas",
] as const;
export type GovernanceProfile = (typeof GOVERNANCE_PROFILES)[number];

const PROFILE_PREFIX = "conductor-governance-";

/** `saas` and `conductor-governance-saas` are the same pack; anything else comes back as it is. */
export function profileNamed(name: string): string {
  const whole = name.startsWith(PROFILE_PREFIX) ? name : PROFILE_PREFIX + name;
  return (GOVERNANCE_PROFILES as readonly string[]).includes(whole) ? whole : name;
}

/** Every action, by the subject it acts on. Sets of words only: no wildcard, no `manage`. */
const ACTIONS = {
  deployment: ["deployment.kill", "deployment.lift", "deployment.set_quotas", "deployment.provision"],
  tenant: ["tenant.read", "tenant.update", "tenant.kill", "tenant.lift", "tenant.pause", "tenant.resume"],
  member: ["member.read", "member.invite", "member.update", "member.remove"],
  api_key: ["api_key.read", "api_key.create", "api_key.rotate", "api_key.revoke"],
  secret: ["secret.read", "secret.set", "secret.update", "secret.delete"],
  workflow: [
    "workflow.read",
    "workflow.author",
    "workflow.submit",
    "workflow.review",
    "workflow.publish",
    "workflow.retire",
    "workflow.kill",
    "workflow.lift",
    "workflow.pause",
    "workflow.resume",
  ],
  run: ["run.read", "run.start", "run.cancel", "run.kill"],
  approval: ["approval.read", "approval.decide"],
  trigger: [
    "trigger.read",
    "trigger.expose",
    "trigger.rotate",
    "trigger.schedule",
    "trigger.subscribe",
    "trigger.disable",
    "trigger.delete",
  ],
  event: ["event.send"],
  adapter: ["adapter.read", "adapter.register", "adapter.update", "adapter.rotate", "adapter.end"],
  receipt: ["receipt.read"],
  decision: ["decision.read"],
  policy: ["policy.read", "policy.propose", "policy.approve", "policy.withdraw"],
  break_glass: ["break_glass.read", "break_glass.open", "break_glass.approve", "break_glass.end"],
  access_review: ["access_review.read", "access_review.open", "access_review.decide", "access_review.close"],
  remediation: ["remediation.read", "remediation.assign"],
  billing: ["billing.read", "billing.change"],
  pricing: ["pricing.read", "pricing.set"],
  slo: ["slo.read", "slo.set"],
  incident: ["incident.read", "incident.declare", "incident.acknowledge", "incident.resolve"],
  evidence: ["evidence.read", "evidence.collect", "evidence.export"],
  audit: ["audit.read", "audit.run"],
  finding: ["finding.read", "finding.assign", "finding.close"],
  catalogue: ["catalogue.sign"],
} as const;
export type Subject = keyof typeof ACTIONS;
export type Action = (typeof ACTIONS)[Subject][number];

export const ALL_ACTIONS: readonly Action[] = Object.values(ACTIONS).flat();

/** The subject an action acts on: the word before its dot. */
export function subjectOf(action: Action): Subject {
  return action.slice(0, action.indexOf(".")) as Subject;
}

/** Things with an environment, a region, a risk profile, a unit and a sensitivity. */
const GOVERNED_SUBJECTS = ["workflow", "run", "trigger", "approval"] as const satisfies Subject[];

/** Things that one person proposes, or that are about one, and another decides. */
const PROPOSED_SUBJECTS = ["policy", "break_glass", "access_review", "catalogue"] as const satisfies Subject[];

export const isGoverned = (subject: Subject): boolean => (GOVERNED_SUBJECTS as readonly Subject[]).includes(subject);
export const isProposed = (subject: Subject): boolean => (PROPOSED_SUBJECTS as readonly Subject[]).includes(subject);

/** All words of an ordered list up to and including one of them. */
export function upTo<const T extends string>(order: readonly T[], highest: T): readonly T[] {
  return order.slice(0, order.indexOf(highest) + 1);
}
