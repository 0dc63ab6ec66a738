import { canonicalJson } from "@/server/kernel/json";
import { csvOf, markdownTable } from "@/server/kernel/text-table";
import { coverageRows, occurrenceGaps, occurrenceRows } from "../domain/controls";
import { madeHere, type Section } from "../sections";

/** The state of every control of the catalogue, with why, and how often each was shown in the period. */
export const controls: Section = {
  name: "controls",
  title: "Controls",
  async *entries({ controls: found }) {
    if ("absent" in found) return { gaps: [{ what: "controls", why: found.absent }] };
    const { catalogueVersion, statuses, occurrences } = found;
    const documents = [
      {
        name: "coverage",
        title: "Coverage of controls",
        rows: coverageRows(statuses),
        value: { catalogueVersion, statuses },
      },
      {
        name: "occurrences",
        title: "Controls over the period",
        rows: occurrenceRows(occurrences),
        value: { catalogueVersion, occurrences },
      },
    ] as const;
    for (const { name, title, rows, value } of documents) {
      const files = [
        ["json", "application/json", `${canonicalJson(value)}\n`],
        ["csv", "text/csv", csvOf(rows)],
        ["md", "text/markdown", `# ${title}\n\nCatalogue ${catalogueVersion}.\n\n${markdownTable(rows)}`],
      ] as const;
      for (const [extension, mediaType, content] of files)
        yield { ...madeHere(title, mediaType), path: `controls/${name}.${extension}`, content };
    }
    return { gaps: occurrenceGaps(occurrences) };
  },
};
