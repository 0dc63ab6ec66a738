import type { Control } from "./control";
import { CONTROL_STATES, type ControlState, type ControlStatus } from "./status";

/** A line of the sheet: a control with what it maps to and how it stands. */
export interface SheetLine {
  control: string;
  soc2: string;
  iso27001: string;
  state: string;
  seen: string;
}

/** What a tenant may show of its controls to whoever considers working with it: what the states say, and no more. */
export interface SellSheet {
  title: string;
  lead: string;
  /** In words, of each stance. */
  counts: string[];
  parts: { title: string; about: string; lines: SheetLine[] }[];
  /** What is not there, as the catalogue says it. */
  limits: string[];
  notes: string[];
}

const WORDS: Readonly<Record<ControlState, string>> = {
  failing: "does not hold",
  unknown: "unknown",
  stale: "not seen lately",
  partial: "shown in part",
  passing: "holds",
};

const minute = (at: Date) => `${at.toISOString().slice(0, 16).replace("T", " ")} UTC`;

const lineOf = ({ control, state, observedAt }: ControlStatus): SheetLine => ({
  control: `${control.id} ${control.title}`,
  ...{ soc2: control.soc2.join(", "), iso27001: control.iso27001.join(", "), state: WORDS[state] },
  seen: observedAt === null ? "never" : minute(observedAt),
});

function countOf(stance: Control["stance"], statuses: readonly ControlStatus[]): string {
  const own = statuses.filter(({ control }) => control.stance === stance);
  const counts = [...CONTROL_STATES]
    .reverse()
    .map((state) => ({ state, many: own.filter((each) => each.state === state).length }))
    .filter(({ many }) => many > 0)
    .map(({ state, many }) => `${many} ${WORDS[state]}`);
  const word = stance === "owned" ? "Owned" : "Supported via evidence";
  return `${word}: ${own.length} controls${counts.length === 0 ? "" : ` (${counts.join(", ")})`}`;
}

/** The sheet of a tenant as its controls stand at a moment: what does not hold, and what nobody knows, stands in it too. */
export function sellSheetOf(
  statuses: readonly ControlStatus[],
  { tenant, at }: { tenant: string; at: Date },
): SellSheet {
  const sorted = [...statuses].sort((a, b) => (a.control.id < b.control.id ? -1 : 1));
  const lines = (isOfPart: (status: ControlStatus) => boolean) => sorted.filter(isOfPart).map(lineOf);
  const parts = [
    {
      title: "Owned, and held when last looked at",
      about: "A probe looks at each of these, and can find that it does not hold.",
      lines: lines(({ control, state }) => control.stance === "owned" && state === "passing"),
    },
    {
      title: "Supported via evidence that is there",
      about: "Evidence of each kind is kept, recent and without bad news. Whoever answers for the control judges it.",
      lines: lines(({ control, state }) => control.stance === "supported" && state === "passing"),
    },
    {
      title: "Not shown",
      about: "Of these nobody may say now that they hold.",
      lines: lines(({ state }) => state !== "passing"),
    },
  ];
  return {
    title: `Controls of ${tenant}`,
    lead: `As they stood at ${minute(at)}. Made from the states of the controls alone, by the product that looked.`,
    counts: [countOf("owned", sorted), countOf("supported", sorted)],
    parts: parts.filter((part) => part.lines.length > 0),
    limits: sorted.flatMap(({ control }) => (control.limits === null ? [] : [`${control.id}: ${control.limits}`])),
    notes: [
      "This is no certificate and no opinion of an auditor. Criteria of SOC 2 and ISO/IEC 27001:2022 are named by their ids; the sentences are the product’s own.",
      "Hiring, training, premises and suppliers are not seen by the product, unless a control above says otherwise.",
      "Builds are made on the maker’s own machine and signed with the maker’s own key: SLSA build level 1, or 2 where a build service runs them, and not 3.",
    ],
  };
}
