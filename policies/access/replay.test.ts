import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { shippedPolicy } from "@/policies/packs";
import { ATOM_BITS, wordOf } from "./bits";
import { decide } from "./decide";
import { PRIVILEGED } from "./privileged";
import { rolesOf } from "./bits";
import { replay, replayKeyOf, VOCABULARY_VERSION } from "./replay";
import { ALL_ACTIONS, ENVIRONMENTS, RISK_PROFILES, ROLES } from "./vocabulary";

const saas = shippedPolicy("conductor-governance-saas");
const internal = shippedPolicy("conductor-governance-internal");
const asked = (role: (typeof ROLES)[number], riskProfile: string, environment = "prod") => ({
  principal: {
    ...{ kind: "user", id: "usr_1", tenantId: "ten_1", roles: [role], region: "eu", businessUnit: "general" },
    clearance: "confidential",
  },
  action: "run.start" as const,
  resource: {
    ...{ subject: "run", tenantId: "ten_1", environment, region: "eu", riskProfile, businessUnit: "general" },
    ...{ dataSensitivity: "internal", contributors: [] },
  },
});

describe("a replay key", () => {
  it("is read by the words of its version, whose order is pinned here", () => {
    const told = JSON.stringify([ROLES, ENVIRONMENTS, RISK_PROFILES, ATOM_BITS]);
    // Another digest: count VOCABULARY_VERSION up, unless words were only added behind the last of the relations or roles.
    const digest = createHash("sha256").update(told).digest("hex").slice(0, 12);
    expect([VOCABULARY_VERSION, digest]).toEqual([1, "36769be40372"]);
  });

  it.each(
    ROLES.flatMap((role) =>
      RISK_PROFILES.flatMap((risk) => ENVIRONMENTS.map((environment) => [role, risk, environment] as const)),
    ),
  )("of %s at %s risk in %s answers under each pack as decide did", (role, risk, environment) => {
    const request = asked(role, risk, environment);
    const key = replayKeyOf(saas, request);
    if (key === null) throw new Error("the question is well formed");
    expect(rolesOf(key.roles)).toEqual([role]);
    for (const policy of [saas, internal]) {
      const { allow, matched, denied } = decide([policy], request);
      const again = replay([policy], "run.start", key);
      expect(again?.allow).toBe(allow);
      if (allow) expect(again?.matched).toEqual(matched);
      else expect(again?.denied).toEqual(denied);
    }
  });

  it("does not exist of a malformed question, and is not read in other words", () => {
    expect(replayKeyOf(saas, { ...asked("operator", "low"), action: "run.everything" })).toBeNull();
    expect(replayKeyOf(saas, asked("operator", "harmless"))).toBeNull();
    const key = { vocabulary: VOCABULARY_VERSION + 1, profile: saas.profile, roles: 1, word: 1 };
    expect(replay([saas], "run.start", key)).toBeNull();
  });

  it("of several policies is allowed by all or not at all", () => {
    const key = replayKeyOf(saas, asked("workflow_author", "low", "prod"));
    if (key === null) throw new Error("the question is well formed");
    const answers = [saas, internal].map((policy) => replay([policy], "run.start", key)?.allow);
    expect(replay([saas, internal], "run.start", key)?.allow).toBe(answers.every((allow) => allow === true));
  });

  it("keeps words below the sign bit", () => {
    const all = Object.fromEntries(ATOM_BITS.map((atom) => [atom, true])) as never;
    expect(wordOf({ environment: "prod", riskProfile: "critical", atoms: all })).toBeGreaterThan(0);
  });
});

describe("privileged actions", () => {
  it("are actions that write, and no start of a run is among them", () => {
    const reads = ALL_ACTIONS.filter((action) => action.endsWith(".read"));
    expect([...PRIVILEGED].filter((action) => reads.includes(action) || !ALL_ACTIONS.includes(action))).toEqual([]);
    expect(PRIVILEGED.has("run.start")).toBe(false);
  });
});
