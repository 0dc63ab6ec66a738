import { describe, expect, it } from "vitest";
import { mayByBits, roleBits, wordOf } from "@/policies/access/bits";
import { policyOf } from "@/policies/access/policy";
import { RULES } from "@/policies/access/rules";
import { GOVERNANCE_PROFILES } from "@/policies/access/vocabulary";
import { PACKS, shippedPolicy } from "@/policies/packs";
import { brokenInvariants } from "@/policies/verify/invariants";
import { type Question, space } from "@/policies/verify/space";
import { compare } from "./compare";
import type { Cube } from "./cubes";

const isIn = ({ actions, roles, environment, riskProfile, atoms }: Cube, question: Question) =>
  actions.includes(question.action) &&
  roles.includes(question.role) &&
  environment?.includes(question.environment as never) !== false &&
  riskProfile?.includes(question.riskProfile as never) !== false &&
  Object.entries(atoms).every(([atom, value]) => question.atoms[atom as keyof typeof question.atoms] === value);

const pairs = GOVERNANCE_PROFILES.flatMap((before) => GOVERNANCE_PROFILES.map((after) => ({ before, after })));

describe("a comparison of two policies", () => {
  it.each(pairs)("from $before to $after names exactly the questions that turn", ({ before, after }) => {
    const [then, now] = [shippedPolicy(before), shippedPolicy(after)];
    const { newlyAllowed, newlyDenied, asked } = compare(then, now);
    expect(asked).toBeGreaterThan(10_000);
    for (const question of space(now)) {
      const [word, roles] = [wordOf(question), roleBits([question.role])];
      const [was, is] = [mayByBits(then, roles, question.action, word), mayByBits(now, roles, question.action, word)];
      expect([question, newlyAllowed.some((cube) => isIn(cube, question))]).toEqual([question, is && !was]);
      expect([question, newlyDenied.some((cube) => isIn(cube, question))]).toEqual([question, was && !is]);
    }
    if (before === after) expect([...newlyAllowed, ...newlyDenied]).toEqual([]);
  });

  it("says in one cube what one removed rule comes to", () => {
    const without = policyOf(
      PACKS["conductor-governance-saas"],
      RULES.filter(({ id }) => id !== "hold-pause"),
    );
    expect(compare(shippedPolicy("conductor-governance-saas"), without)).toMatchObject({
      newlyAllowed: [],
      newlyDenied: [
        {
          actions: ["tenant.pause", "workflow.pause"],
          roles: ["conductor_admin", "tenant_admin", "operator"],
          environment: null,
          riskProfile: null,
          atoms: { same_tenant: true },
        },
      ],
    });
  });

  it("shows where chains ask otherwise, and whether they ask more", () => {
    const { chains } = compare(
      shippedPolicy("conductor-governance-saas"),
      shippedPolicy("conductor-governance-white-label"),
    );
    expect(
      chains.filter(({ of }) => of === "run").map(({ environment, riskProfile }) => [environment, riskProfile]),
    ).toEqual([
      ["prod", "high"],
      ["prod", "critical"],
    ]);
    expect(chains.find(({ riskProfile, of }) => of === "run" && riskProfile === "high")?.isStricter).toBe(true);
  });
});

describe("what is promised of every policy", () => {
  it.each(GOVERNANCE_PROFILES)("holds for every question of %s", (profile) => {
    expect(brokenInvariants(shippedPolicy(profile))).toEqual([]);
  });

  it.each([
    ["tenant-wall", "run-read", { when: {} }],
    ["own-work", "own-work", { actions: ["approval.decide"] }],
    ["own-request", "policy-approve", { when: { atoms: { same_tenant: true } } }],
    ["someone-can-kill", "run-stop", { roles: ["conductor_admin"] }],
    ["provider-can-kill", "hold-deployment", { roles: ["tenant_admin"] }],
    ["break-glass-bounds", "break-glass-kill", { actions: ["run.kill", "member.update"] }],
    ["residency", "residency", { tier: "soft" }],
  ] as const)("%s is missed once rule %s is another", (invariant, rule, change) => {
    const altered = RULES.map((each) => (each.id === rule ? { ...each, ...change } : each));
    const broken = brokenInvariants(policyOf(PACKS["conductor-governance-saas"], altered));
    expect(broken.map((each) => each.invariant)).toContain(invariant);
  });
});
