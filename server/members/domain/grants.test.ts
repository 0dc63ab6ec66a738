import { describe, expect, it } from "vitest";
import type { Role } from "@/policies/access/vocabulary";
import { changedRoles, refuseGrant, type Rights, widensOwnRights } from "./grants";

describe("refuseGrant", () => {
  const cases: [who: Role, where: "tenant" | "operator", role: Role, whoCould: Role[] | null][] = [
    ["tenant_admin", "tenant", "tenant_admin", null],
    ["conductor_admin", "tenant", "tenant_admin", ["tenant_admin"]],
    ["tenant_admin", "tenant", "conductor_admin", null],
    ["conductor_admin", "tenant", "conductor_admin", null],
    ["tenant_admin", "operator", "conductor_admin", ["conductor_admin"]],
    ["conductor_admin", "operator", "conductor_admin", null],
    ["conductor_admin", "tenant", "workflow_reviewer", null],
    ["operator", "tenant", "read_only", ["tenant_admin", "conductor_admin"]],
  ];
  it.each(cases)("answers a %s of the %s who gives %s with %j", (who, where, role, whoCould) => {
    const refusal = refuseGrant({ roles: [who], isOperatorTenant: where === "operator" }, [role]);
    expect(refusal).toEqual(whoCould === null ? null : { whoCould });
  });

  it("refuses the whole list for one role in it", () => {
    const granter = { roles: ["conductor_admin"] as const, isOperatorTenant: false };
    expect(refuseGrant(granter, ["operator", "tenant_admin"])).not.toBeNull();
  });
});

describe("changedRoles", () => {
  it("names what was taken and what was given, not what stayed", () => {
    expect(changedRoles(["operator", "read_only"], ["read_only", "workflow_author"])).toEqual([
      "operator",
      "workflow_author",
    ]);
  });
});

describe("widensOwnRights", () => {
  const before: Rights = {
    roles: ["tenant_admin", "operator"],
    region: "eu",
    businessUnit: "general",
    clearance: "confidential",
  };
  const cases: [what: string, change: Partial<Rights>, widens: boolean][] = [
    ["a role given up", { roles: ["tenant_admin"] }, false],
    ["a lower clearance", { clearance: "public" }, false],
    ["a new role", { roles: ["tenant_admin", "operator", "workflow_reviewer"] }, true],
    ["one role swapped for another", { roles: ["workflow_reviewer"] }, true],
    ["a higher clearance", { clearance: "restricted" }, true],
    ["another region", { region: "us" }, true],
    ["another business unit", { businessUnit: "sales" }, true],
  ];
  it.each(cases)("says of %s whether it widens them", (_what, change, widens) => {
    expect(widensOwnRights(before, { ...before, ...change })).toBe(widens);
  });
});
