import type { ControlStatus } from "@/server/compliance/domain/status";
import type { Json } from "@/server/kernel/json";
import { namedUuid } from "@/server/kernel/named-uuid";
import type { BundleFacts } from "./manifest";

/** What OSCAL documents of a bundle are made of. */
export interface OscalInput {
  facts: BundleFacts;
  statuses: readonly ControlStatus[];
}

const VERSION = "1.2.1";

/** The same bundle has the same ids. */
const uuidOf = ({ tenant, period, asOf }: BundleFacts, ...names: string[]): string =>
  namedUuid([tenant.id, period, asOf, ...names]);

const metadata = (facts: BundleFacts, title: string) => ({
  ...{ title, "last-modified": facts.asOf, version: facts.catalogueVersion ?? "0", "oscal-version": VERSION },
});

const idOf = (status: ControlStatus) => status.control.id.toLowerCase();
/** OSCAL takes no empty lists and no empty texts. */
const some = <T>(name: string, list: readonly T[]) => (list.length === 0 ? {} : { [name]: list });
const text = (value: string) => (value.trim() === "" ? "none given" : value);

const selection = (statuses: readonly ControlStatus[]) => ({
  "control-selections": [
    statuses.length === 0
      ? { "include-all": {} }
      : { "include-controls": statuses.map((status) => ({ "control-id": idOf(status) })) },
  ],
});

const FRAMEWORKS = [
  { key: "soc2", name: "SOC 2 Trust Services Criteria", href: "urn:aicpa:tsc" },
  { key: "iso27001", name: "ISO/IEC 27001:2022, Annex A", href: "urn:iso:std:iso-iec:27001:2022" },
] as const;

/** The controls themselves, in groups by area. Null without a control. */
export function catalog({ facts, statuses }: OscalInput): Json {
  if (statuses.length === 0) return null;
  const areas = [...new Set(statuses.map(({ control }) => control.area))].sort();
  return {
    catalog: {
      uuid: uuidOf(facts, "catalog"),
      metadata: metadata(facts, "Conductor Compliance Pack v1"),
      groups: areas.map((area) => ({
        ...{ id: area, title: area },
        controls: statuses
          .filter(({ control }) => control.area === area)
          .map((status) => ({
            ...{ id: idOf(status), title: status.control.title },
            parts: [{ id: `${idOf(status)}_smt`, name: "statement", prose: text(status.control.statement) }],
          })),
      })),
    },
  };
}

/** Which of our controls bear on which ids of each framework: they intersect, and none stands for the other. Null without any. */
export function mappingCollection({ facts, statuses }: OscalInput): Json {
  const mappings = FRAMEWORKS.map(({ key, name, href }) => ({
    uuid: uuidOf(facts, "mapping", key),
    "source-resource": { type: "catalog", href: "catalog.json" },
    "target-resource": { type: "catalog", href, remarks: name },
    maps: statuses
      .filter(({ control }) => control[key].length > 0)
      .map((status) => ({
        ...{ uuid: uuidOf(facts, "map", key, status.control.id), relationship: "intersects-with" },
        sources: [{ type: "control", "id-ref": idOf(status) }],
        targets: status.control[key].map((id) => ({ type: "control", "id-ref": id })),
      })),
  })).filter(({ maps }) => maps.length > 0);
  if (mappings.length === 0) return null;
  return {
    "mapping-collection": {
      uuid: uuidOf(facts, "mapping-collection"),
      metadata: metadata(facts, "Our controls beside SOC 2 and ISO 27001:2022"),
      provenance: {
        ...{ method: "human", "matching-rationale": "semantic", status: "complete" },
        "mapping-description":
          "Our own reading, by ids alone; whoever audits decides what a control is worth to a criterion.",
      },
      mappings,
    },
  };
}

/** What the product does for each control. Null without a control, as OSCAL has no empty component. */
export function componentDefinition({ facts, statuses }: OscalInput): Json {
  if (statuses.length === 0) return null;
  return {
    "component-definition": {
      uuid: uuidOf(facts, "component-definition"),
      metadata: metadata(facts, `Maestro Conductor for ${facts.tenant.name}`),
      components: [
        {
          ...{ uuid: uuidOf(facts, "component"), type: "software", title: "Maestro Conductor" },
          description: "Runs automation under policy, with a receipt for every act.",
          "control-implementations": [
            {
              uuid: uuidOf(facts, "implementation"),
              source: "catalog.json",
              description: `The control catalogue ${facts.catalogueVersion ?? ""}`.trim(),
              "implemented-requirements": statuses.map((status) => ({
                uuid: uuidOf(facts, "requirement", status.control.id),
                ...{ "control-id": idOf(status), description: text(status.control.statement) },
                props: [{ name: "stance", ns: "urn:maestro-conductor", value: status.control.stance }],
              })),
            },
          ],
        },
      ],
    },
  };
}

/** What was assessed, and how: the plan that the results name. */
export function assessmentPlan({ facts, statuses }: OscalInput): Json {
  return {
    "assessment-plan": {
      uuid: uuidOf(facts, "assessment-plan"),
      metadata: metadata(facts, `Assessment of ${facts.tenant.name}`),
      "import-ssp": { href: "component-definition.json" },
      "reviewed-controls": selection(statuses),
    },
  };
}

const observation = (facts: BundleFacts, { control, state, why, observedAt }: ControlStatus) => ({
  uuid: uuidOf(facts, "observation", control.id),
  title: control.title,
  description: text(why.map(({ text: said }) => said).join(" ")),
  methods: ["TEST"],
  props: [{ name: "state", ns: "urn:maestro-conductor", value: state }],
  collected: (observedAt ?? new Date(facts.asOf)).toISOString(),
});

/** How each control stands: satisfied only where it passes. */
export function assessmentResults({ facts, statuses }: OscalInput): Json {
  const observations = statuses.map((status) => observation(facts, status));
  const findings = statuses.map((status) => ({
    uuid: uuidOf(facts, "finding", status.control.id),
    ...{ title: status.control.title, description: text(status.control.statement) },
    target: {
      ...{ type: "objective-id", "target-id": idOf(status) },
      status: {
        state: status.state === "passing" ? "satisfied" : "not-satisfied",
        reason: status.state === "passing" ? "pass" : status.state === "failing" ? "fail" : "other",
      },
    },
    "related-observations": [{ "observation-uuid": uuidOf(facts, "observation", status.control.id) }],
  }));
  return {
    "assessment-results": {
      uuid: uuidOf(facts, "assessment-results"),
      metadata: metadata(facts, `Results for ${facts.tenant.name}`),
      "import-ap": { href: "assessment-plan.json" },
      results: [
        {
          uuid: uuidOf(facts, "result"),
          title: `Controls of ${facts.tenant.name}`,
          description: "The state of every control at the end of the period.",
          ...{ start: facts.period.from, end: facts.asOf, "reviewed-controls": selection(statuses) },
          ...some("observations", observations),
          ...some("findings", findings),
        },
      ],
    },
  };
}
