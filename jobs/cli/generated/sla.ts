import { slosOf } from "@/policies/slos";
import type { EditionSlos } from "@/policies/slos/parse-edition";
import { ratioOf } from "@/policies/slos/series";
import { isLive } from "@/server/slos/domain/live";
import { exactText, rational, times } from "@/server/slos/domain/rational";
import { EXCLUSION_WORDS, SLI_DEFINITIONS } from "@/server/slos/domain/sli";
import { EDITIONS, type SloSpec, type SloWindow } from "@/server/slos/domain/slo";
import { CLASS_WORDS, EXECUTION_CLASSES } from "@/server/workflows/domain/execution-class";

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (heads: readonly string[], rows: readonly (readonly string[])[]) => [
  ...[row(heads), row(heads.map(() => "---")), ...rows.map(row), ""],
];

/** Millionths as percent, with every digit that there is. */
const percent = (ppm: number) => `${exactText(times(ratioOf(ppm), rational(100)))} %`;

const windowWords = (window: SloWindow) =>
  window.kind === "rolling" ? `the last ${window.days} days` : `a month of the calendar in ${window.timeZone}`;

/** `5 min`, `100 ms` */
function timeWords(ms: number): string {
  if (ms % 60_000 === 0) return `${ms / 60_000} min`;
  return ms % 1_000 === 0 ? `${ms / 1_000} s` : `${ms} ms`;
}

function thresholdWords({ thresholdMs }: SloSpec): string {
  if (thresholdMs === null) return "";
  if (typeof thresholdMs === "number") return timeWords(thresholdMs);
  return EXECUTION_CLASSES.flatMap((name) => {
    const ms = thresholdMs[name];
    return ms === undefined ? [] : [`${timeWords(ms)} (${CLASS_WORDS[name]})`];
  }).join(", ");
}

const goodWords = (slo: SloSpec) => SLI_DEFINITIONS[slo.sli].good.replace("T", thresholdWords(slo));

function countedWords(slo: SloSpec): string {
  const { total } = SLI_DEFINITIONS[slo.sli];
  const deadline =
    slo.deadlineMinutes === null ? "" : `; what has not ended after ${timeWords(slo.deadlineMinutes * 60_000)} is bad`;
  if (slo.method.kind === "occurrences") return `${total}${deadline}`;
  return `minutes; one is bad in which fewer than ${percent(slo.method.goodPpm)} of the ${total} were good${deadline}`;
}

/** What an edition promises by contract, in Markdown; throws Error for a term for which nothing is measured. */
export function slaSheet({ edition, version, title, about, slos, sla }: EditionSlos): string {
  const terms = sla.terms.map(({ slo: id, credits }) => {
    const slo = slos.find((one) => one.id === id);
    if (slo === undefined || !isLive(slo))
      throw new Error(
        `policies/slos/${edition}.yaml: the SLA promises ${id}, and nothing that happens is counted for it`,
      );
    return { slo, credits };
  });
  const owed = terms.filter(({ credits }) => credits.length > 0);
  return [
    `# Service level agreement: ${title}`,
    "",
    `Generated from version ${version} of \`policies/slos/${edition}.yaml\`. ${about} An example to build a contract from; a contract`,
    "says what holds. What is measured, and how alerts follow: [SLOs](../guides/slos.md).",
    "",
    "## What is promised",
    "",
    ...table(
      ["Term", "Objective", "Over", "Counted", "Good"],
      terms.map(({ slo }) => [
        ...[slo.title, percent(slo.targetPpm), windowWords(slo.window), countedWords(slo), goodWords(slo)],
      ]),
    ),
    "What is good, and what counts at all, is decided when it happens and once; late news of the last seven days still count in their",
    "minute. A month or a window without any event keeps its promise and earns nobody a credit.",
    "",
    "## What does not count",
    "",
    ...terms.map(
      ({ slo }) =>
        `- **${slo.title}**: ${SLI_DEFINITIONS[slo.sli].excludes.map((name) => EXCLUSION_WORDS[name]).join("; ")}.`,
    ),
    "",
    "These count neither as good nor as bad.",
    "",
    "## Service credits",
    "",
    ...(owed.length === 0
      ? ["None.", ""]
      : [
          ...table(
            ["Term", "Where the month ends with less than", "Credit, of the month's base fee"],
            owed.flatMap(({ slo, credits }) =>
              credits.map(({ below_percent: below, credit_percent: credit }, place) => [
                ...[place === 0 ? slo.title : "", percent(below), `${credit} %`],
              ]),
            ),
          ),
          `Of each term the first line that fits is owed; of all terms together at most ${sla.credit_limit_percent} %. A credit is claimed within ${sla.claim_days} days`,
          "after the month, and is what is owed for a promise that was not kept.",
          "",
        ]),
  ].join("\n");
}

/** The sheets of all editions: file name and text. */
export const slaSheets = (): { file: string; text: () => string }[] =>
  EDITIONS.map((edition) => ({ file: `docs/reference/sla-${edition}.md`, text: () => slaSheet(slosOf(edition)) }));
