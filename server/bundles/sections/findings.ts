import { canonicalJson } from "@/server/kernel/json";
import { csvOf } from "../domain/controls";
import { findingRows } from "../domain/findings";
import { madeHere, type Section } from "../sections";

/** What audits and controls found in the period. */
export const findings: Section = {
  name: "findings",
  title: "Findings",
  async *entries({ sources, period }) {
    const found = await sources.findings(period);
    if ("absent" in found) return { gaps: [{ what: "findings", why: found.absent }] };
    const sorted = [...found].sort((a, b) => (a.id < b.id ? -1 : 1));
    yield {
      ...madeHere("Findings of the period", "application/json"),
      ...{ path: "findings/findings.json", content: `${canonicalJson(sorted)}\n` },
    };
    yield {
      ...madeHere("Findings of the period", "text/csv"),
      ...{ path: "findings/findings.csv", content: csvOf(findingRows(sorted)) },
    };
    return { gaps: [] };
  },
};
