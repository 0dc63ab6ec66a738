import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { Ajv } from "ajv";
import addFormats from "ajv-formats";
import { describe, expect, it } from "vitest";
import { CONTROLS } from "@/policies/controls";
import { CONTROL_STATES, type ControlStatus } from "@/server/compliance/domain/status";
import { type FindingEntry, planOfAction } from "@/server/findings/domain/document";
import { FINDING_STATUSES, SEVERITIES } from "@/server/findings/domain/finding";
import { sha256 } from "./testing/parts";
import { attestations } from "./domain/cyclonedx";
import type { BundleFacts } from "./domain/manifest";
import { assessmentPlan, assessmentResults, catalog, componentDefinition, mappingCollection } from "./domain/oscal";

// NIST's own schema of all models, release 1.2.1, in the public domain, byte for byte.
const SCHEMA = readFileSync(path.join(import.meta.dirname, "testing", "oscal-1.2.1.schema.json"));
const SCHEMA_DIGEST = "1fb34a1db562f06fa48669fb38a9af2dc3e87f52e44116071d7b564551911171";

const facts: BundleFacts = {
  tenant: { id: `ten_${"0".repeat(32)}`, slug: "acme", name: "Acme & <Söhne>" },
  period: { from: "2026-01-01T00:00:00.000Z", to: "2026-02-01T00:00:00.000Z" },
  ...{ asOf: "2026-02-01T00:00:00.000Z", tag: "Conductor Compliance", isDryRun: false },
  ...{ catalogueVersion: "1", policyRevision: "saas@1", productRevision: "test" },
};

/** Every control of the catalogue, in every state in turn. */
const statuses: ControlStatus[] = CONTROLS.controls.map((control, nth) => ({
  control,
  state: CONTROL_STATES[nth % CONTROL_STATES.length] ?? "unknown",
  why: nth % 7 === 0 ? [] : [{ factId: null, text: "It was looked at.", at: null }],
  evidenceIds: nth % 3 === 0 ? [] : [`evd_${nth}`, "evd_shared"],
  observedAt: nth % 2 === 0 ? null : new Date(facts.asOf),
  nextDueAt: null,
  exception: null,
}));

const entry = (status: FindingEntry["status"], nth: number): FindingEntry => ({
  ...{
    id: `fnd_${nth}`,
    ticket: `F-${nth}`,
    title: "A gap",
    detail: nth === 0 ? "" : "It is there.",
    remedy: "Close it.",
  },
  ...{ severity: SEVERITIES[nth % SEVERITIES.length] ?? "low", status, control: "MC-AC-01" },
  ...{ owner: nth === 0 ? null : { name: "Olu" }, openedAt: facts.period.from, dueAt: facts.period.to },
  ...{ closedAt: status === "closed" ? facts.asOf : null, acceptedUntil: status === "accepted" ? facts.asOf : null },
  evidenceDigest: "0".repeat(64),
});

const given = { facts, statuses };
const DOCUMENTS = {
  catalog: catalog(given),
  "mapping-collection": mappingCollection(given),
  "component-definition": componentDefinition(given),
  "assessment-plan": assessmentPlan(given),
  "assessment-results": assessmentResults(given),
} as const;

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const validate = ajv.compile(JSON.parse(SCHEMA.toString("utf8")) as object);

/** What is wrong with a document, in the validator's words; empty where nothing is. */
const oscalFaults = (document: unknown): string[] =>
  validate(document) ? [] : (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);

describe("OSCAL documents, by the official schema of 1.2.1", () => {
  it("are held to the schema as it was published", () => {
    expect(sha256(SCHEMA)).toBe(SCHEMA_DIGEST);
  });

  it.each(Object.entries(DOCUMENTS))("%s is valid", (_name, document) => {
    expect(oscalFaults(document)).toEqual([]);
  });

  it("of a tenant without controls are valid, or not made", () => {
    const none = { facts, statuses: [] };
    expect([catalog(none), mappingCollection(none), componentDefinition(none)]).toEqual([null, null, null]);
    for (const document of [assessmentPlan(none), assessmentResults(none)]) expect(oscalFaults(document)).toEqual([]);
  });

  it("of findings in every status are a plan of action that is valid", () => {
    const entries = FINDING_STATUSES.map(entry);
    const plan = planOfAction({ tenant: facts.tenant, at: facts.asOf, entries });
    expect(oscalFaults(plan)).toEqual([]);
  });

  it.each(Object.entries(DOCUMENTS))(
    "%s is refused without its id, and with a word that the schema lacks",
    (name, document) => {
      const body = (document as Record<string, Record<string, unknown>>)[name] ?? {};
      const { uuid: _uuid, ...rest } = body;
      expect(oscalFaults({ [name]: rest })).not.toEqual([]);
      expect(oscalFaults({ [name]: { ...body, unheard: "of" } })).not.toEqual([]);
    },
  );
});

// The library is what makes our bill of materials; it brings the official schemas.
const cyclonedx = createRequire(path.resolve("node_modules", "@cyclonedx", "cyclonedx-npm", "package.json"));
const { Validation, Spec } = cyclonedx("@cyclonedx/cyclonedx-library") as {
  Validation: { JsonStrictValidator: new (version: string) => { validate: (data: string) => Promise<unknown> } };
  Spec: { Version: Record<"v1dot6", string> };
};
const cyclonedxFault = (document: object) =>
  new Validation.JsonStrictValidator(Spec.Version.v1dot6).validate(JSON.stringify(document));

describe("CycloneDX attestations, by the official schema of 1.6", () => {
  const document = attestations(facts, statuses) as Record<string, never>;

  it("are valid", async () => {
    expect(await cyclonedxFault(document)).toBeNull();
    expect(await cyclonedxFault(attestations(facts, []) as object)).toBeNull();
  });

  it("are refused with a claim that has no such form", async () => {
    expect(await cyclonedxFault({ ...document, declarations: { claims: "all" } })).not.toBeNull();
  });

  it("claim what passes, deny what fails, and say nothing of the rest", () => {
    const { declarations } = document as unknown as {
      declarations: {
        attestations: {
          map: { requirement: string; claims?: string[]; counterClaims?: string[]; conformance?: { score: number } }[];
        }[];
        claims: { "bom-ref": string }[];
      };
    };
    const maps = declarations.attestations[0]?.map ?? [];
    for (const { control, state } of statuses) {
      const map = maps.find(({ requirement }) => requirement === `requirement:${control.id}`);
      expect([map?.conformance?.score, map?.claims?.length, map?.counterClaims?.length]).toEqual(
        state === "passing"
          ? [1, 1, undefined]
          : state === "failing"
            ? [0, undefined, 1]
            : [undefined, undefined, undefined],
      );
    }
  });
});
