import type { Figures } from "@/server/mitigations/domain/mitigation";

/** What a drill waits for, and how long each may take: milliseconds from when the breach was simulated. */
export const DRILL_GOALS = {
  detected: 10_000,
  opened: 10_000,
  notified: 60_000,
  mitigated: 10_000,
  measured: 15_000,
  undone: 60_000,
  resolved: 120_000,
} as const;
export type DrillStage = keyof typeof DRILL_GOALS;

export const STAGE_WORDS: Readonly<Record<DrillStage, string>> = {
  detected: "The alert came on",
  opened: "The incident was open",
  notified: "Everybody to be told had a message",
  mitigated: "Every mitigation of the rules was applied",
  measured: "What they did was measured",
  undone: "They were taken back",
  resolved: "The incident was resolved",
};

/** Milliseconds after the simulated breach; null where it did not come to pass. */
export type Durations = Readonly<Record<DrillStage, number | null>>;

export interface DrillMitigation {
  words: string;
  /** Things that a real one would have held. */
  wouldHold: number;
  before: Figures;
  after: Figures | null;
}

export interface DrillNotification {
  channel: "email" | "slack";
  /** The person; null for a channel. */
  userId: string | null;
  state: "sent" | "not sent";
  why: string | null;
}

/** The stages that were missed or came late, in their order. */
export const missedStages = (durations: Durations): DrillStage[] =>
  (Object.keys(DRILL_GOALS) as DrillStage[]).filter((stage) => {
    const took = durations[stage];
    return took === null || took > DRILL_GOALS[stage];
  });

export interface Grade {
  grade: "passed" | "failed";
  missed: readonly DrillStage[];
  notes: readonly string[];
}

/** A drill passes where every stage came in time, everybody was told and something was mitigated. */
export function gradeOf(
  durations: Durations,
  {
    notifications,
    mitigations,
  }: { notifications: readonly DrillNotification[]; mitigations: readonly DrillMitigation[] },
): Grade {
  const missed = missedStages(durations);
  const unsent = notifications.filter(({ state }) => state !== "sent");
  const notes = [
    ...(notifications.length === 0 ? ["Nobody was to be told: nobody is on call."] : []),
    ...(unsent.length === 0 ? [] : [`${unsent.length} of ${notifications.length} messages were not sent.`]),
    ...(mitigations.length === 0 ? ["No rule mitigates such an alert."] : []),
  ];
  return { grade: missed.length === 0 && notes.length === 0 ? "passed" : "failed", missed, notes };
}
