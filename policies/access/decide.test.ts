import { describe, expect, it } from "vitest";
import { shippedPolicy } from "@/policies/packs";
import { decide } from "./decide";
import { explainDenial } from "./explain";
import type { AccessRequest, Principal, Resource } from "./request";
import {
  ALL_ACTIONS,
  DATA_SENSITIVITIES,
  ENVIRONMENTS,
  GOVERNANCE_PROFILES,
  RISK_PROFILES,
  ROLES,
  subjectOf,
} from "./vocabulary";
import { canSome } from "./ability";

const saas = shippedPolicy("conductor-governance-saas");

const principal = (over: Partial<Principal> = {}): Principal => ({
  ...{ kind: "user", id: "usr_1", tenantId: "ten_1", roles: ["operator"], region: "eu", businessUnit: "general" },
  ...{ clearance: "confidential" },
  ...over,
});
const governed = (over: Record<string, unknown> = {}) => ({
  ...{ subject: "run", tenantId: "ten_1", environment: "prod", region: "eu", riskProfile: "high" },
  ...{ businessUnit: "general", dataSensitivity: "internal", contributors: [] },
  ...over,
});
const ask = (over: Partial<Record<keyof AccessRequest, unknown>> = {}) =>
  decide([saas], { principal: principal(), action: "run.start", resource: governed(), ...over });

function resourceFor(action: (typeof ALL_ACTIONS)[number], over: Record<string, unknown> = {}): Resource {
  const subject = subjectOf(action);
  const asking = subject === "approval" ? { role: "operator", requesters: [], voters: [] } : {};
  const made = ["run", "workflow", "trigger", "approval"].includes(subject)
    ? governed({ subject, ...asking, ...over })
    : { subject, tenantId: "ten_1", ...over };
  return made as Resource;
}

describe("decide", () => {
  it("allows what a rule grants and names the rule", () => {
    expect(ask()).toMatchObject({ allow: true, code: "ALLOW", matched: ["run-start"] });
  });

  it("denies what no rule grants, says what failed and who could", () => {
    const decision = ask({ principal: principal({ roles: ["workflow_author"] }) });
    expect(decision).toMatchObject({
      allow: false,
      code: "NO_GRANT",
      failed: ["environment", "riskProfile"],
      whoCould: ["operator"],
    });
    expect(explainDenial("run.start", decision)).toContain("Who could: operator");
  });

  it("denies every action to somebody without roles, and every action across tenants", () => {
    for (const action of ALL_ACTIONS) {
      expect(ask({ principal: principal({ roles: [] }), action, resource: resourceFor(action) }).allow).toBe(false);
      const everything = principal({ roles: [...ROLES], clearance: "restricted" });
      expect(ask({ principal: everything, action, resource: resourceFor(action, { tenantId: "ten_2" }) }).allow).toBe(
        false,
      );
    }
  });

  it("grants every action to somebody", () => {
    for (const profile of GOVERNANCE_PROFILES)
      expect(
        ALL_ACTIONS.filter((action) => !canSome(shippedPolicy(profile), ROLES, action)),
        "an action without a rule: add one to policies/access/rules, with who may and why",
      ).toEqual([]);
  });

  it("lets clearance reach exactly as far as its order says", () => {
    for (const [reach, clearance] of DATA_SENSITIVITIES.entries())
      for (const [height, dataSensitivity] of DATA_SENSITIVITIES.entries())
        expect([
          clearance,
          dataSensitivity,
          ask({ principal: principal({ clearance }), resource: governed({ dataSensitivity }) }).allow,
        ]).toEqual([clearance, dataSensitivity, height <= reach]);
  });

  it("never lets a contributor review or publish, whatever else they are", () => {
    for (const action of ["workflow.review", "workflow.publish"] as const)
      for (const environment of ENVIRONMENTS)
        for (const riskProfile of RISK_PROFILES) {
          const resource = resourceFor(action, { environment, riskProfile, contributors: ["usr_1"] });
          const everyone = principal({ roles: [...ROLES], clearance: "restricted" });
          expect(ask({ principal: everyone, action, resource })).toMatchObject({
            allow: false,
            failed: ["contributor"],
          });
        }
  });

  it.each([
    ["who wrote it", { contributors: ["usr_1"] }, {}, "contributor"],
    ["who asked for it", { requesters: ["usr_1"] }, {}, "requester"],
    ["who decided about it before", { voters: ["usr_1"] }, {}, "voter"],
    ["a role that is not asked", { role: "tenant_admin" }, { roles: ["operator", "workflow_reviewer"] }, "asked"],
    ["an API key", {}, { kind: "api_key" }, "person"],
    ["a trigger", {}, { kind: "trigger" }, "person"],
    ["a job", {}, { kind: "job" }, "person"],
    ["a lesser clearance", { dataSensitivity: "restricted" }, {}, "cleared"],
  ] as const)("never lets %s approve, whatever else they are", (_who, over, who, failed) => {
    const asker = principal({ roles: [...ROLES], ...who } as Partial<Principal>);
    const resource = resourceFor("approval.decide", over);
    expect(ask({ principal: asker, action: "approval.decide", resource })).toMatchObject({
      allow: false,
      failed: [failed],
    });
    const other = resourceFor("approval.decide");
    expect(ask({ principal: principal(), action: "approval.decide", resource: other }).allow).toBe(true);
  });

  it("lets nobody approve who holds no role that may be asked", () => {
    const resource = resourceFor("approval.decide", { role: "read_only" });
    const viewer = principal({ roles: ["read_only"], clearance: "restricted" });
    expect(ask({ principal: viewer, action: "approval.decide", resource }).allow).toBe(false);
  });

  const administrators = ["conductor_admin", "tenant_admin"];
  it.each([
    [
      ["workflow.kill", "tenant.kill"],
      [...administrators, "operator"],
    ],
    [["workflow.lift", "tenant.lift"], administrators],
    [
      ["workflow.pause", "tenant.pause", "workflow.resume", "tenant.resume"],
      [...administrators, "operator"],
    ],
    [["deployment.kill", "deployment.lift"], ["conductor_admin"]],
  ] as const)("grants %j to %j and nobody else", (actions, roles) => {
    for (const action of actions)
      expect(
        ROLES.filter(
          (role) => ask({ principal: principal({ roles: [role] }), action, resource: resourceFor(action) }).allow,
        ),
      ).toEqual(ROLES.filter((role) => (roles as readonly string[]).includes(role)));
  });

  it("lets whoever may stop a workflow do so above their clearance, and not set it going again", () => {
    const resource = resourceFor("workflow.kill", { dataSensitivity: "restricted" });
    const admin = principal({ roles: ["tenant_admin"], clearance: "public" });
    const may = (action: string) => ask({ principal: admin, action, resource }).allow;
    expect(["workflow.kill", "workflow.pause", "workflow.lift", "workflow.resume"].map(may)).toEqual([
      ...[true, true, false, false],
    ]);
  });

  it("denies unknown keys, actions and subjects as malformed", () => {
    expect(ask({ resource: governed({ owner: "usr_1" }) }).code).toBe("MALFORMED");
    for (const action of ["manage", "all", "run.everything", ""]) expect(ask({ action }).code).toBe("MALFORMED");
    expect(ask({ resource: { subject: "all", tenantId: "ten_1" } }).code).toBe("MALFORMED");
    expect(decide([saas], undefined).code).toBe("MALFORMED");
  });
});
