import { PROBE_OUTCOMES, type ProbeOutcome } from "@/server/compliance/domain/found";
import type { ControlState } from "@/server/compliance/domain/status";
import type { ProbeName } from "@/server/compliance/domain/words";
import type { Gap, Severity } from "@/server/findings/domain/finding";

/** How a check came out. `unknown`: it could not look, which is never a pass. */
export const OUTCOMES = PROBE_OUTCOMES;
export type Outcome = ProbeOutcome;

/** Where a check of an audit stands. */
export const CHECK_STATES = ["waiting", ...OUTCOMES] as const;
export type CheckState = (typeof CHECK_STATES)[number];

export const CHECK_WORDS: Readonly<Record<CheckState, string>> = {
  waiting: "not looked at yet",
  pass: "holds",
  fail: "does not hold",
  unknown: "cannot be told",
};

export interface CheckWords {
  id: string;
  title: string;
  /** What is held to be true. */
  about: string;
  /** Probes of the control catalogue that it runs; each probe belongs to one check. */
  probes: readonly ProbeName[];
}

/** The checks of an audit, in the order in which they run. */
export const CHECKS = [
  {
    id: "role-mappings",
    title: "Role mappings",
    about: "Nobody holds roles that duties keep apart, access is reviewed, and rights for emergencies end.",
    probes: ["roles-apart", "access-reviewed", "grants-end", "break-glass-reviewed", "sessions-bounded"],
  },
  {
    id: "policy-packs",
    title: "Policy packs",
    about: "The policy in force is the one that was approved, by a second person, and nothing runs past it.",
    probes: [
      ...(["policy-as-approved", "policy-second-person", "approved-by-another"] as const),
      ...(["published-reviewed", "published-unchanged"] as const),
    ],
  },
  {
    id: "slo-configs",
    title: "Objectives",
    about: "Every objective is counted without a gap, and clocks agree.",
    probes: ["slos-counted", "clocks-agree"],
  },
  {
    id: "incident-readiness",
    title: "Incidents",
    about: "Incidents are taken on and closed, drills are held, and the kill switch works.",
    probes: ["incidents-taken-on", "incidents-closed", "drill-recent", "kill-switch-works"],
  },
  {
    id: "dr-readiness",
    title: "Disaster recovery",
    about:
      "A backup that is taken now can be restored, nothing is lost by it, and recovery takes no more than an hour.",
    probes: ["backup-restored", "recovery-in-time"],
  },
  {
    id: "secrets-age",
    title: "Secrets and keys",
    about: "Secrets are sealed and renewed within a year; API keys end.",
    probes: ["secrets-sealed", "secrets-young", "api-keys-bounded"],
  },
  {
    id: "drift",
    title: "Drift",
    about: "The last look is fresh, and nothing differs from what was approved.",
    probes: ["drift-clean", "remediations-in-time"],
  },
  {
    id: "record",
    title: "Walls and receipts",
    about: "No tenant sees another, and the record is chained, vouched for, and can only be added to.",
    probes: ["tenant-walls", "receipts-chained", "heads-fresh", "record-append-only"],
  },
  {
    id: "supported-controls",
    title: "Controls that rest on evidence",
    about: "Whatever no probe looks at has evidence that is fresh.",
    probes: [],
  },
] as const satisfies readonly CheckWords[];
export type CheckId = (typeof CHECKS)[number]["id"];

/** What was found about one thing that a check looks at: a probe, or a control that rests on evidence. */
export interface CheckFound {
  /** The probe, or the control. */
  key: string;
  control: { id: string; title: string };
  outcome: Outcome;
  reason: string;
}

/** What a check found. */
export interface CheckResult {
  outcome: Outcome;
  found: CheckFound[];
}

const SEVERITY_OF: Readonly<Partial<Record<string, Severity>>> = {
  "tenant-walls": "critical",
  "receipts-chained": "critical",
  "record-append-only": "critical",
  "secrets-sealed": "critical",
  "roles-apart": "high",
  "policy-as-approved": "high",
  "policy-second-person": "high",
  "approved-by-another": "high",
  "published-reviewed": "high",
  "published-unchanged": "high",
  "drift-clean": "high",
  "kill-switch-works": "high",
  "backup-restored": "high",
};

/** The gap that was found; null where none was. What could not be looked at is a gap too, which somebody has to see to. */
export function gapOf({ key, control, outcome, reason }: CheckFound): Gap | null {
  if (outcome === "pass") return null;
  const about = { key, control: control.id, detail: reason };
  return outcome === "unknown"
    ? {
        ...{ ...about, severity: "low", title: `Could not be told: ${control.title}` },
        remedy: "See that there is something to look at, or collect its evidence; then have it tested again.",
      }
    : {
        ...{ ...about, severity: SEVERITY_OF[key] ?? "medium", title: `Does not hold: ${control.title}` },
        remedy: "Put it right, then have it tested again.",
      };
}

/** What a control that rests on evidence comes to. Evidence that is old shows that its cadence was missed. */
export const outcomeOf = (state: ControlState): Outcome =>
  state === "passing" ? "pass" : state === "failing" || state === "stale" ? "fail" : "unknown";

/** A failure outweighs what is unknown, and nothing looked at is unknown. */
export function worstOf(outcomes: readonly Outcome[]): Outcome {
  if (outcomes.includes("fail")) return "fail";
  return outcomes.length === 0 || outcomes.includes("unknown") ? "unknown" : "pass";
}
