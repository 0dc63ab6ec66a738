import { describe, expect, it } from "vitest";
import { regoOf } from "@/policies/compile/rego";
import { regoDataOf } from "@/policies/compile/rego-data";
import { rowFilter } from "@/policies/compile/sql";
import { shippedPolicy } from "@/policies/packs";
import { ask } from "@/policies/simulate/ask";
import { soundRequest } from "@/policies/verify/malformed";
import { answering } from "@/policies/verify/rego-evaluate";
import { parseRego } from "@/policies/verify/rego-parse";
import { askedSpace } from "@/policies/verify/witness";
import { decide } from "./decide";
import { explainDenial } from "./explain";
import { policyIn } from "./policy";
import type { Principal } from "./request";

const shipped = shippedPolicy("conductor-governance-saas");
const REGIONS = ["ap_south", "ch"];
const policy = policyIn(shipped, REGIONS);
const byRego = answering(parseRego(regoOf(policy)), { conductor: { authz_data: regoDataOf(policy) } });

const asked = (own: string, of: string) => {
  const sound = soundRequest("run.start");
  const principal = { ...sound.principal, roles: ["operator"], breakGlass: false, region: own };
  return { ...sound, principal, resource: { ...sound.resource, region: of } };
};

describe("the regions of a deployment", () => {
  it("are all that a region may be, of who asks and of the thing, in every engine", () => {
    expect(decide([policy], asked("ch", "ch")).allow).toBe(true);
    expect(decide([policy], asked("ch", "ap_south"))).toMatchObject({ code: "DENY_RULE", denied: ["residency"] });
    for (const [own, of, failed] of [
      ["eu", "ch", "principal.region"],
      ["ch", "eu", "resource.region"],
    ] as const) {
      const decision = decide([policy], asked(own, of));
      expect(decision).toMatchObject({ allow: false, code: "MALFORMED", failed: [failed] });
      expect(explainDenial("run.start", decision)).toContain("region is none that this deployment has");
      expect(byRego(asked(own, of))).toMatchObject({
        allow: false,
        denied: expect.arrayContaining(["malformed-input"]) as string[],
      });
    }
    expect(byRego(asked("ch", "ch")).allow).toBe(true);
    expect(regoDataOf(policy).regions).toEqual(REGIONS);
  });

  it("change neither the rules nor the revision", () => {
    expect([policy.revision, policy.clauses]).toEqual([shipped.revision, shipped.clauses]);
    expect(policyIn(shipped, [...REGIONS])).toBe(policy);
    expect(policyIn(policy, shipped.regions)).not.toBe(policy);
  });

  it("leave no row of another region to a list, and none at all to somebody of another", () => {
    const principal = (region: string) => ({ ...asked(region, "ch").principal, roles: ["operator"] }) as Principal;
    expect(JSON.stringify(rowFilter([policy], principal("ch"), "run.read"))).toContain('["ap_south","ch"]');
    expect(rowFilter([policy], principal("eu"), "run.read")).toEqual({ kind: "never" });
  });

  it("begin a question to a pack with the first one", () => {
    const question = { profile: "saas", role: "operator", action: "run" };
    expect(ask(question, REGIONS).allow).toBe(true);
    expect(ask({ ...question, region: "ch" }, REGIONS)).toMatchObject({ code: "DENY_RULE", failed: ["same_region"] });
    expect(ask({ ...question, region: "eu" }, REGIONS)).toMatchObject({ code: "MALFORMED", failed: ["region"] });
  });

  it("are no part of the proofs: there is another region or there is not", () => {
    const count = (regions: readonly string[]) =>
      [...askedSpace(policyIn(shipped, regions))].filter((one) => one !== null).length;
    expect(count(REGIONS)).toBe(count(["eu", "us", "ch", "ap"]));
    expect(count(["eu"])).toBeLessThan(count(REGIONS));
  });
});
