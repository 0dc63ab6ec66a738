import type { ProbeName } from "@/server/compliance/domain/words";
import type { Gap, Severity } from "@/server/findings/domain/finding";

/** How a check came out. `unknown`: it could not look, which is never a pass. */
export const OUTCOMES = ["pass", "fail", "unknown"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** Where a check of an audit stands. */
export const CHECK_STATES = ["waiting", ...OUTCOMES] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export const AUDIT_VERDICTS = OUTCOMES;
export type AuditVerdict = Outcome;

/** What a check found. */
export interface CheckResult {
  outcome: Outcome;
  found: ProbeFound[];
  gaps: Gap[];
}

export interface CheckWords {
  id: string;
  title: string;
  /** What is held to be true, and what makes it fail. */
  about: string;
  probes: readonly ProbeName[];
}

/** The checks of an audit, in the order in which they run; each gathers probes of the control catalogue. */
export const CHECKS = [
  {
    ...{ id: "role-mappings", title: "Role mappings", probes: ["roles-apart", "grants-end", "break-glass-reviewed"] },
    about: "Nobody holds roles that duties keep apart, and rights for emergencies end.",
  },
  {
    ...{ id: "policy-packs", title: "Policy packs", probes: ["policy-as-approved", "policy-second-person"] },
    about: "The policy in force is the one that was approved, by a second person.",
  },
  {
    ...{ id: "slo-configs", title: "Objectives", probes: ["slos-counted"] },
    about: "Every objective is counted without a gap.",
  },
  {
    ...{
      id: "secrets-age",
      title: "Secrets and keys",
      probes: ["secrets-sealed", "secrets-young", "api-keys-bounded"],
    },
    about: "Secrets are sealed and renewed within a year; API keys end.",
  },
  {
    ...{ id: "drift", title: "Drift", probes: ["drift-clean", "remediations-in-time"] },
    about: "The last look is fresh, and nothing differs from what was approved.",
  },
  {
    ...{ id: "receipts-chain", title: "Receipts", probes: ["receipts-chained", "heads-fresh", "record-append-only"] },
    about: "The record is chained, vouched for, and can only be added to.",
  },
] as const satisfies readonly CheckWords[];
export type CheckId = (typeof CHECKS)[number]["id"];

/** What one probe found, with the control that it is about. */
export interface ProbeFound {
  probe: string;
  control: { id: string; title: string };
  outcome: Outcome;
  reason: string;
}

const SEVERITY_OF: Readonly<Record<string, Severity>> = {
  ...{ "receipts-chained": "critical", "record-append-only": "critical", "secrets-sealed": "critical" },
  ...{ "roles-apart": "high", "policy-as-approved": "high", "policy-second-person": "high", "drift-clean": "high" },
};

/** The gap that a probe shows; null where it holds. One that could not look is a gap too, which somebody has to see to. */
export function gapOf({ probe, control, outcome, reason }: ProbeFound): Gap | null {
  if (outcome === "pass") return null;
  const isUnknown = outcome === "unknown";
  return {
    ...{ key: probe, control: control.id, detail: reason },
    severity: isUnknown ? "medium" : (SEVERITY_OF[probe] ?? "medium"),
    title: isUnknown ? `Could not be checked: ${control.title}` : `Does not hold: ${control.title}`,
    remedy: isUnknown
      ? "Make it possible to look, then have it tested again."
      : "Put it right, then have it tested again.",
  };
}

/** What a check comes to: a failure outweighs what is unknown, and nothing looked at is unknown. */
export function resultOf(found: readonly ProbeFound[]): CheckResult {
  const gaps = found.map(gapOf).filter((gap) => gap !== null);
  return { outcome: verdictOf(found.map(({ outcome }) => outcome)), found: [...found], gaps };
}

/** A whole audit passes when all its checks do; a failure outweighs what is unknown. */
export function verdictOf(outcomes: readonly Outcome[]): AuditVerdict {
  if (outcomes.includes("fail")) return "fail";
  return outcomes.length === 0 || outcomes.includes("unknown") ? "unknown" : "pass";
}
