import { describe, expect, it } from "vitest";
import { shippedPolicy } from "@/policies/packs";
import type { Atoms } from "./atoms";
import { mayByBits, roleBits, wordOf } from "./bits";
import { type Holder, reachOf, takesAway } from "./reach";
import { TOXIC_PAIRS, toxicPairsOf } from "./toxic-pairs";
import { ALL_ACTIONS, type GovernanceProfile, ROLES } from "./vocabulary";

const saas = [shippedPolicy("conductor-governance-saas")] as const;
const person = (...roles: Holder["roles"]): Holder => ({ kind: "user", roles, clearance: "internal" });
const ATOMS: Atoms = {
  ...{
    same_tenant: true,
    same_region: true,
    same_business_unit: true,
    cleared: true,
    contributor: false,
    person: true,
  },
  ...{ asked: false, requester: false, voter: false, break_glass: false },
};

describe("reachOf", () => {
  it.each([
    ["tenant_admin", "member.update", "yes"],
    ["operator", "member.update", "no"],
    ["operator", "run.start", "conditions"],
    ["workflow_reviewer", "workflow.review", "conditions"],
    ["read_only", "member.read", "yes"],
    ["tenant_admin", "policy.approve", "conditions"],
  ] as const)("a %s and %s: %s", (role, action, reach) => expect(reachOf(saas, person(role), action)).toBe(reach));

  it("keeps programs from what takes a person", () => {
    const key: Holder = { kind: "api_key", roles: ["operator"], clearance: "restricted" };
    expect(reachOf(saas, key, "break_glass.open")).toBe("no");
    expect(reachOf(saas, person("operator"), "break_glass.open")).toBe("yes");
  });

  it("reaches everything of a kind only with the highest clearance", () => {
    expect(reachOf(saas, person("read_only"), "run.read")).toBe("conditions");
    expect(reachOf(saas, { ...person("read_only"), clearance: "restricted" }, "run.read")).toBe("yes");
  });

  it("gives nobody without a role anything, and more roles never less", () => {
    for (const action of ALL_ACTIONS) {
      expect(reachOf(saas, person(), action)).toBe("no");
      const all = reachOf(saas, person(...ROLES), action);
      for (const role of ROLES) if (reachOf(saas, person(role), action) !== "no") expect(all).not.toBe("no");
    }
  });

  it("counts the stricter of two policies", () => {
    const both = [shippedPolicy("conductor-governance-internal"), saas[0]] as const;
    for (const action of ALL_ACTIONS)
      for (const role of ROLES)
        if (reachOf(saas, person(role), action) === "no") expect(reachOf(both, person(role), action)).toBe("no");
  });
});

describe("takesAway", () => {
  it("names what, taken or turned, makes a yes a no: each is tried", () => {
    const word = wordOf({ environment: "dev", riskProfile: "low", atoms: ATOMS });
    const roles = ["operator", "workflow_author", "read_only"] as const;
    const { roles: lost, relations } = takesAway(saas, roles, "run.start", word);
    expect(lost).toEqual(["operator", "workflow_author"]);
    expect(relations).toContain("cleared");
    const left = roles.filter((role) => !lost.includes(role));
    expect(mayByBits(saas[0], roleBits(left), "run.start", word)).toBe(false);
    for (const atom of relations) {
      const turned = wordOf({ environment: "dev", riskProfile: "low", atoms: { ...ATOMS, [atom]: !ATOMS[atom] } });
      expect(mayByBits(saas[0], roleBits(roles), "run.start", turned)).toBe(false);
    }
  });
});

describe("toxicPairsOf", () => {
  it("tells pairs of two different roles, by a name of their own", () => {
    expect(new Set(TOXIC_PAIRS.map(({ id }) => id)).size).toBe(TOXIC_PAIRS.length);
    for (const { roles } of TOXIC_PAIRS) expect(roles[0]).not.toBe(roles[1]);
  });

  it("depends on the pack, and on both roles", () => {
    const ids = (roles: Holder["roles"], profile: GovernanceProfile) =>
      toxicPairsOf(roles, profile).map(({ id }) => id);
    expect(ids(["tenant_admin", "operator"], "conductor-governance-saas")).toEqual(["owner-and-operator"]);
    expect(ids(["tenant_admin", "operator"], "conductor-governance-internal")).toEqual([]);
    expect(ids(["workflow_author", "workflow_reviewer"], "conductor-governance-internal")).toEqual([
      "author-and-reviewer",
    ]);
    expect(ids(["workflow_author"], "conductor-governance-saas")).toEqual([]);
  });
});
