import type { Json } from "@/server/kernel/json";
import type { EvidenceKind, ProbeName } from "./words";

export const PROBE_OUTCOMES = ["pass", "fail", "unknown"] as const;
export type ProbeOutcome = (typeof PROBE_OUTCOMES)[number];

/** What a probe found once. */
export interface ControlFact {
  id: string;
  probe: ProbeName;
  outcome: ProbeOutcome;
  reason: string;
  observedAt: Date;
}

/** A piece of evidence that was collected. */
export interface CollectedItem {
  id: string;
  kind: EvidenceKind;
  title: string;
  collectedAt: Date;
  /** What it found, as its collector tells. */
  facts: Json;
}
