import type { Content } from "pdfmake/interfaces";
import { DRILL_GOALS, type DrillStage, STAGE_WORDS } from "@/server/drills/domain/drill";
import type { DrillRecord } from "@/server/drills/domain/report";
import { pdfTable } from "@/server/platform/pdf";

const heading = (text: string): Content => ({ text, style: "heading" });
const seconds = (ms: number | null) => (ms === null ? "never" : `${(ms / 1_000).toFixed(2)} s`);

/** The report of a drill as the parts of a PDF: what the Markdown says, in the same order. */
export function drillDocument(record: DrillRecord): Content[] {
  const { drillId, tenantName, incidentId, startedAt, startedBy, durations, missed } = record;
  const { notes, notifications, mitigations, timeline } = record;
  const stages = (Object.keys(DRILL_GOALS) as DrillStage[]).map((stage) => ({
    cells: [
      ...[STAGE_WORDS[stage], seconds(durations[stage]), seconds(DRILL_GOALS[stage])],
      missed.includes(stage) ? "missed" : "in time",
    ],
  }));
  return [
    { text: `Drill ${drillId} of ${tenantName}, begun ${startedAt} by ${startedBy}. Incident ${incidentId}.` },
    {
      text: "A breach was simulated in drill mode. It took the way of a real one. No budget counted it, no run was held back, and no customer saw it.",
      style: "quiet",
    },
    ...(notes.length === 0 ? [] : [{ ul: [...notes] }]),
    heading("Stages"),
    pdfTable(["Stage", "After the breach", "Within", ""], stages, { isNumeric: false }),
    heading("Who was told"),
    notifications.length === 0
      ? { text: "Nobody." }
      : {
          ul: notifications.map(
            ({ channel, userId, state, why }) => `${channel} ${userId ?? ""}: ${state} ${why ?? ""}`,
          ),
        },
    heading("Mitigations"),
    pdfTable(
      ["Mitigation", "Would hold", "At work before", "After", "Queued before", "After"],
      mitigations.map(({ words, wouldHold, before, after }) => ({
        cells: [
          ...[words, String(wouldHold), String(before.atWork), String(after?.atWork ?? "–")],
          ...[String(before.queued), String(after?.queued ?? "–")],
        ],
      })),
    ),
    heading("Timeline"),
    pdfTable(
      ["When", "What", "From", "Text"],
      timeline.map(({ at, kind, source, text }) => ({ cells: [at, kind, source, text] })),
      { isNumeric: false, widths: ["auto", "auto", "auto", "*"] },
    ),
  ];
}
