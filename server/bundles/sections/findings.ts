import { findingRows, planOfAction } from "@/server/findings/domain/document";
import { canonicalJson } from "@/server/kernel/json";
import { csvOf } from "@/server/kernel/text-table";
import { madeHere, type Section } from "../sections";

/** What audits found that was open in the period: as data, as a table, and as a plan of action in OSCAL 1.2.1. */
export const findings: Section = {
  name: "findings",
  title: "Findings",
  async *entries({ sources, period, facts }) {
    const entries = await sources.findings(period);
    yield {
      ...madeHere("Findings of the period", "application/json"),
      ...{ path: "findings/findings.json", content: `${canonicalJson(entries)}\n` },
    };
    yield {
      ...madeHere("Findings of the period", "text/csv"),
      ...{ path: "findings/findings.csv", content: csvOf(findingRows(entries)) },
    };
    const plan = planOfAction({ tenant: facts.tenant, at: facts.asOf, entries });
    if (plan !== null)
      yield {
        ...madeHere("What is to be done about findings", "application/oscal+json"),
        ...{ path: "findings/poam.oscal.json", content: `${canonicalJson(plan)}\n` },
      };
    return { gaps: [] };
  },
};
