import { describe, expect, it } from "vitest";
import type { Policy } from "@/policies/access/policy";
import type { Principal } from "@/policies/access/request";
import { shippedPolicy } from "@/policies/packs";
import { rowFilter, sensitivitiesWithin } from "./sql";

const saas = shippedPolicy("conductor-governance-saas");
const who = (over: Partial<Principal> = {}): Principal => ({
  ...{ kind: "user", id: "usr_1", tenantId: "ten_1", roles: ["operator"], region: "eu", businessUnit: "general" },
  ...{ clearance: "internal", ...over },
});

/** The shipped pack, with one clause changed. */
const withClause = (id: string, when: Policy["clauses"][number]["when"]): Policy => ({
  ...saas,
  clauses: saas.clauses.map((clause) => (clause.id === id ? { ...clause, when } : clause)),
});

describe("the rows that a caller may read", () => {
  it("are those up to their clearance", () => {
    const words = ["public", "internal"];
    expect(rowFilter([saas], who(), "run.read")).toEqual({
      kind: "all",
      of: [
        { kind: "in", attribute: "dataSensitivity", words },
        { kind: "in", attribute: "region", words: ["eu", "us", "apac"] },
      ],
    });
    expect(sensitivitiesWithin([saas], who(), "run.read")).toEqual(words);
    expect(sensitivitiesWithin([saas], who({ clearance: "restricted" }), "workflow.read")).toHaveLength(4);
  });

  it("are none without a role that may", () => {
    expect(rowFilter([saas], who({ roles: [] }), "run.read")).toEqual({ kind: "never" });
    expect(sensitivitiesWithin([saas], who({ roles: [] }), "run.read")).toEqual([]);
  });

  it("are those of the stricter of two policies", () => {
    const stricter = withClause("run-read", { environment: ["dev"] });
    expect(rowFilter([saas, stricter], who(), "run.read")).toMatchObject({
      kind: "all",
      of: [
        { kind: "all", of: [{ attribute: "dataSensitivity" }, { attribute: "environment", words: ["dev"] }] },
        { attribute: "region" },
      ],
    });
  });

  it("may hang on more than a list can say, which is refused and not left out", () => {
    const more = withClause("run-read", { environment: ["dev"], atoms: { cleared: true } });
    expect(() => sensitivitiesWithin([more], who(), "run.read")).toThrow("more of a row than its sensitivity");
  });
});

describe("a filter is refused", () => {
  it("for a relation that rows do not tell", () => {
    expect(() => rowFilter([saas], who(), "approval.decide")).toThrow("no row says whether");
    const odd = withClause("run-read", { atoms: { full_moon: true } as never });
    expect(() => rowFilter([odd], who(), "run.read")).toThrow("no row says whether full_moon holds");
  });

  it("for an action on things that have no attributes", () => {
    expect(() => rowFilter([saas], who(), "secret.read")).toThrow("nothing that has attributes");
  });
});

it("an own work's denial is its list turned around, and an empty set never holds", () => {
  const filter = rowFilter([saas], who({ roles: ["workflow_reviewer"], clearance: "restricted" }), "workflow.review");
  expect(JSON.stringify(filter)).toContain(
    '{"kind":"not","of":{"kind":"among","list":"contributors","person":"usr_1"}}',
  );
  const empty = withClause("run-read", { environment: [] });
  expect(rowFilter([empty], who(), "run.read")).toEqual({ kind: "never" });
});
