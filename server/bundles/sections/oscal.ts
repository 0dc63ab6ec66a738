import { canonicalJson } from "@/server/kernel/json";
import { attestations } from "../domain/cyclonedx";
import { assessmentPlan, assessmentResults, catalog, componentDefinition, mappingCollection } from "../domain/oscal";
import { madeHere, type Section } from "../sections";

/** The same for programs that read assessments: in OSCAL 1.2.1, and as CycloneDX attestations. */
export const oscal: Section = {
  name: "oscal",
  title: "OSCAL and CycloneDX documents",
  async *entries({ controls: found, facts }) {
    if ("absent" in found) return { gaps: [{ what: "oscal", why: found.absent }] };
    const given = { facts, statuses: found.statuses };
    const documents = [
      ["catalog", "The controls", catalog(given)],
      ["mapping-collection", "Our controls beside those of frameworks", mappingCollection(given)],
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
    yield {
      ...madeHere("The controls as CycloneDX attestations", "application/vnd.cyclonedx+json"),
      ...{ path: "controls/attestations.cdx.json", content: `${canonicalJson(attestations(facts, found.statuses))}\n` },
    };
    return { gaps: [] };
  },
};
