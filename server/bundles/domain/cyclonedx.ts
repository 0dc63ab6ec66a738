import type { ControlStatus } from "@/server/compliance/domain/status";
import type { Json } from "@/server/kernel/json";
import { namedUuid } from "@/server/kernel/named-uuid";
import type { BundleFacts } from "./manifest";

const STANDARD = "conductor-compliance-pack";
const PRODUCT = "maestro-conductor";
const ASSESSOR = "the-product-itself";

const requirementRef = (id: string) => `requirement:${id}`;
const claimRef = (id: string) => `claim:${id}`;

/** A claim that a control holds, or that it does not; of what cannot be told there is none. */
function claimOf({ control, state, why, evidenceIds }: ControlStatus) {
  const isMet = state === "passing";
  return {
    ...{ "bom-ref": claimRef(control.id), target: PRODUCT },
    predicate: isMet ? control.statement : `Not met: ${control.statement}`,
    reasoning: why.map(({ text }) => text).join(" "),
    ...(evidenceIds.length === 0 ? {} : { [isMet ? "evidence" : "counterEvidence"]: [...evidenceIds].sort() }),
  };
}

const isTold = ({ state }: ControlStatus) => state === "passing" || state === "failing";

/** How a control maps to its requirement. Its score is 1 or 0: the state of a control is no share of anything. */
function mapOf(status: ControlStatus) {
  const { control, state } = status;
  const requirement = requirementRef(control.id);
  if (!isTold(status)) return { requirement };
  const claims = { [state === "passing" ? "claims" : "counterClaims"]: [claimRef(control.id)] };
  return { requirement, ...claims, conformance: { score: state === "passing" ? 1 : 0, rationale: `It is ${state}.` } };
}

/**
 * The controls as CycloneDX 1.6 attestations (ECMA-424, `declarations`): each a requirement of a standard of ours, with a claim where it
 * passes, a counter-claim where it fails, and neither where that cannot be told.
 */
export function attestations(facts: BundleFacts, statuses: readonly ControlStatus[]): Json {
  const evidence = [...new Set(statuses.filter(isTold).flatMap(({ evidenceIds }) => evidenceIds))].sort();
  const sorted = [...statuses].sort((a, b) => (a.control.id < b.control.id ? -1 : 1));
  return {
    ...{ bomFormat: "CycloneDX", specVersion: "1.6", version: 1 },
    serialNumber: `urn:uuid:${namedUuid([facts.tenant.id, facts.period, facts.asOf, "attestations"])}`,
    metadata: { timestamp: facts.asOf },
    declarations: {
      assessors: [{ "bom-ref": ASSESSOR, thirdParty: false, organization: { name: "Maestro Conductor, of itself" } }],
      attestations: [
        {
          summary: `Controls of ${facts.tenant.name} as of ${facts.asOf}`,
          ...{ assessor: ASSESSOR, map: sorted.map(mapOf) },
        },
      ],
      claims: sorted.filter(isTold).map(claimOf),
      evidence: evidence.map((id) => ({
        ...{ "bom-ref": id, propertyName: "evidence" },
        description: "The item of this bundle whose path holds this id.",
      })),
      targets: {
        components: [
          { ...{ type: "application", "bom-ref": PRODUCT, name: "Maestro Conductor" }, version: facts.productRevision },
        ],
      },
    },
    definitions: {
      standards: [
        {
          ...{ "bom-ref": STANDARD, name: "Conductor Compliance Pack v1", version: facts.catalogueVersion ?? "0" },
          ...{ owner: "Maestro Conductor", description: "Control statements of the product itself." },
          requirements: sorted.map(({ control: { id, title, statement } }) => ({
            ...{ "bom-ref": requirementRef(id), identifier: id, title, text: statement },
          })),
        },
      ],
    },
  };
}
