import { canonicalJson } from "@/server/kernel/json";
import { assessmentPlan, assessmentResults, componentDefinition } from "../domain/oscal";
import { madeHere, type Section } from "../sections";

/** The same in OSCAL 1.2.1, for programs that read assessments. */
export const oscal: Section = {
  name: "oscal",
  title: "OSCAL documents",
  async *entries({ controls: found, facts }) {
    if ("absent" in found) return { gaps: [{ what: "oscal", why: found.absent }] };
    const given = { facts, statuses: found.statuses };
    const documents = [
      ["component-definition", "What implements the controls", componentDefinition(given)],
      ["assessment-plan", "What was assessed", assessmentPlan(given)],
      ["assessment-results", "How the controls stand", assessmentResults(given)],
    ] as const;
    for (const [name, title, document] of documents)
      if (document !== null)
        yield {
          ...madeHere(title, "application/oscal+json"),
          ...{ path: `oscal/${name}.json`, content: `${canonicalJson(document)}\n` },
        };
    return { gaps: [] };
  },
};
