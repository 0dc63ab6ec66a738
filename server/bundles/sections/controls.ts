import { canonicalJson } from "@/server/kernel/json";
import { csvOf, markdownTable } from "@/server/kernel/text-table";
import { coverageRows } from "../domain/controls";
import { madeHere, type Section } from "../sections";

/** The state of every control of the catalogue, with why. */
export const controls: Section = {
  name: "controls",
  title: "Controls",
  async *entries({ controls: found }) {
    if ("absent" in found) return { gaps: [{ what: "controls", why: found.absent }] };
    const rows = coverageRows(found.statuses);
    const files = [
      ["json", "application/json", `${canonicalJson(found)}\n`],
      ["csv", "text/csv", csvOf(rows)],
      ["md", "text/markdown", `# Controls\n\nCatalogue ${found.catalogueVersion}.\n\n${markdownTable(rows)}`],
    ] as const;
    for (const [extension, mediaType, content] of files)
      yield { ...madeHere("Coverage of controls", mediaType), path: `controls/coverage.${extension}`, content };
    return { gaps: [] };
  },
};
