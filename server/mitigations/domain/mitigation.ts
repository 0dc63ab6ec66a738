import { z } from "zod";
import { ENVIRONMENTS, RISK_PROFILES } from "@/policies/access/vocabulary";
import type { Sli } from "@/server/slos/domain/sli";
import { EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";

/** What can be done about an incident without knowing its cause. */
export const MITIGATION_KINDS = ["throttle", "pause", "require_approval", "kill"] as const;
export type MitigationKind = (typeof MITIGATION_KINDS)[number];

/** How a mitigation ended; null while it is on. */
export const MITIGATION_ENDS = ["undone", "expired", "rolled_back", "resolved"] as const;
export type MitigationEnd = (typeof MITIGATION_ENDS)[number];

export const END_WORDS: Readonly<Record<MitigationEnd, string>> = {
  undone: "undone by hand",
  expired: "it expired",
  rolled_back: "rolled back, as it did not help",
  resolved: "its incident was resolved",
};

const riskAndEnvironment = {
  /** This risk and every higher one. */
  risk: z.enum(RISK_PROFILES),
  environment: z.enum(ENVIRONMENTS).optional(),
};

/** What is to be done: how far the tenant's runs are throttled, or what is paused, asked about or killed. */
export const leverSchema = z.union([
  z.strictObject({
    kind: z.literal("throttle"),
    toPercent: z.int().min(1).max(90).describe("Of the runs that are at work, or may be where that is less."),
  }),
  z.strictObject({ kind: z.literal("pause"), ...riskAndEnvironment }),
  z.strictObject({ kind: z.literal("pause"), executionClass: z.enum(EXECUTION_CLASSES) }),
  z.strictObject({ kind: z.literal("require_approval"), risk: z.enum(RISK_PROFILES) }),
  z.strictObject({ kind: z.literal("kill"), ...riskAndEnvironment }),
]);
export type Lever = z.output<typeof leverSchema>;

/** How the tenant's runs stood, and how fast its budgets burned. */
export interface Figures {
  at: string;
  /** Calls of runs that workers have in hand. */
  atWork: number;
  /** Runs that have begun, those that rest included. */
  running: number;
  queued: number;
  /** Runs that may be at work at a time. */
  limit: number;
  /** By objective that counts events, over the last five minutes; null without any. */
  burnRates: Readonly<Record<string, number | null>>;
}

const hasRisk = (lever: Lever): lever is Extract<Lever, { risk: unknown }> => "risk" in lever;

/** A plan in words, as a timeline tells it. */
export function leverWords(lever: Lever): string {
  if (lever.kind === "throttle") return `Throttle runs to ${lever.toPercent} %`;
  if (!hasRisk(lever)) return `Pause the class ${lever.executionClass}`;
  const where = "environment" in lever && lever.environment !== undefined ? ` in ${lever.environment}` : "";
  const what = { pause: "Pause", kill: "Kill", require_approval: "Ask for approval of" }[lever.kind];
  return `${what} workflows of risk ${lever.risk} and higher${where}`;
}

/**
 * Whether a mitigation helped, by the burn of the objective that it is for, before it and now; null where either is not
 * known: then it stays.
 */
export function hasHelped(before: Figures, now: Figures, sli: Sli | null): boolean | null {
  if (sli === null) return null;
  const [then, since] = [before.burnRates[sli] ?? null, now.burnRates[sli] ?? null];
  return then === null || since === null ? null : since < then;
}

/** The part of what a tenant may have at work that counts as at work at least: a look may fall between two runs. */
const LEAST_AT_WORK = 0.1;

/** The limit of a throttle: a share of what is at work, or may be where that is less; one run at least. */
export function throttledTo(toPercent: number, { atWork, limit }: Pick<Figures, "atWork" | "limit">): number {
  const base = Math.min(limit, Math.max(atWork, Math.ceil(limit * LEAST_AT_WORK)));
  return Math.max(1, Math.floor((toPercent / 100) * base));
}
