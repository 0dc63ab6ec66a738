import {
  DRILL_GOALS,
  type DrillMitigation,
  type DrillNotification,
  type DrillStage,
  type Durations,
  type Grade,
  STAGE_WORDS,
} from "./drill";

export interface DrillRecord extends Grade {
  drillId: string;
  tenantName: string;
  incidentId: string;
  startedAt: string;
  startedBy: string;
  durations: Durations;
  notifications: readonly DrillNotification[];
  mitigations: readonly DrillMitigation[];
  timeline: readonly { at: string; kind: string; source: string; text: string }[];
}

const seconds = (ms: number | null) => (ms === null ? "never" : `${(ms / 1_000).toFixed(2)} s`);
const inCell = (text: string) => text.replaceAll(/[\\|`*_<>[\]]/g, "\\$&").replaceAll("\n", " ");

/** The report of a drill in Markdown: what came when, who was told, what was done, and the timeline. The same record gives the same text. */
export function drillReport(record: DrillRecord): string {
  const { durations, notifications, mitigations, timeline } = record;
  const stages = (Object.keys(DRILL_GOALS) as DrillStage[]).map((stage) => {
    const isMissed = record.missed.includes(stage);
    return `| ${STAGE_WORDS[stage]} | ${seconds(durations[stage])} | ${seconds(DRILL_GOALS[stage])} | ${isMissed ? "missed" : "in time"} |`;
  });
  return [
    `# Incident drill: ${record.grade}`,
    "",
    `Drill \`${record.drillId}\` of ${inCell(record.tenantName)}, begun ${record.startedAt} by ${inCell(record.startedBy)}. Incident \`${record.incidentId}\`.`,
    "",
    "A breach was simulated in drill mode. It took the way of a real one: judged, opened as an incident, told, mitigated, measured, taken back and resolved. No budget counted it, no run was held back, and no customer saw it.",
    "",
    ...record.notes.map((note) => `- ${note}`),
    ...(record.notes.length > 0 ? [""] : []),
    "## Stages",
    "",
    "| Stage | After the breach | Within | |",
    "| --- | --- | --- | --- |",
    ...stages,
    "",
    "## Who was told",
    "",
    ...(notifications.length === 0
      ? ["Nobody."]
      : notifications.map(
          ({ channel, userId, state, why }) =>
            `- ${channel}${userId === null ? "" : ` to \`${userId}\``}: ${state}${why === null ? "" : ` (${inCell(why)})`}`,
        )),
    "",
    "## Mitigations",
    "",
    "| Mitigation | Would hold | At work before | After | Queued before | After |",
    "| --- | --- | --- | --- | --- | --- |",
    ...mitigations.map(
      ({ words, wouldHold, before, after }) =>
        `| ${inCell(words)} | ${wouldHold} | ${before.atWork} | ${after?.atWork ?? "–"} | ${before.queued} | ${after?.queued ?? "–"} |`,
    ),
    "",
    "## Timeline",
    "",
    "| When | What | From | |",
    "| --- | --- | --- | --- |",
    ...timeline.map(({ at, kind, source, text }) => `| ${at} | ${kind} | ${source} | ${inCell(text)} |`),
    "",
  ].join("\n");
}
