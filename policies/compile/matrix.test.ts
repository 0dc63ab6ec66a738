import { expect, it } from "vitest";
import { canSome } from "@/policies/access/ability";
import { ALL_ACTIONS, GOVERNANCE_PROFILES, ROLES } from "@/policies/access/vocabulary";
import { shippedPolicy } from "@/policies/packs";
import { matrixOf } from "./matrix";

it.each(GOVERNANCE_PROFILES)(
  "the matrix of %s has a word wherever a role may ever do something, and nowhere else",
  (profile) => {
    const policy = shippedPolicy(profile);
    const matrix = matrixOf(policy);
    expect(matrix.map(({ action }) => action)).toEqual(ALL_ACTIONS);
    for (const { action, roles } of matrix)
      for (const role of ROLES)
        expect([action, role, roles[role] !== ""]).toEqual([action, role, canSome(policy, [role], action)]);
  },
);

it("says under which conditions, and what holds for everybody", () => {
  const rows = matrixOf(shippedPolicy("conductor-governance-saas"));
  const of = (action: string) => rows.find((row) => row.action === action);
  expect(of("run.start")).toMatchObject({
    roles: { operator: "within clearance", workflow_author: "dev or staging, low or medium risk, within clearance" },
    always: "only in their own region",
  });
  expect(of("workflow.publish")?.always).toBe("not their own work; only in their own region");
  expect(of("tenant.kill")?.roles.operator).toBe("yes");
});
