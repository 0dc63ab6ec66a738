import { describe, expect, it } from "vitest";
import { type MemberReceipt, roleGrants } from "./role-grants";

const at = "2026-03-01T12:00:00.000Z";
const accepted: MemberReceipt = {
  ...{ seq: 2, at, actor: "user:usr_b", action: "invitation.accept" },
  detail: { invitationId: "inv_1", roles: ["operator", "read_only"] },
};
const updated = (seq: number, actor: string, before: string[], after: string[]): MemberReceipt => ({
  ...{ seq, at, actor, action: "member.update", detail: { before: { roles: before }, after: { roles: after } } },
});
const inviter = (id: string) => (id === "inv_1" ? "user:usr_a" : undefined);
const told = (receipts: MemberReceipt[]) =>
  [...roleGrants(receipts, inviter)].map(([role, { actor, receipt }]) => [role, actor, receipt]);

describe("roleGrants", () => {
  it("names whoever invited for what came with the invitation", () => {
    expect(told([accepted])).toEqual([
      ["operator", "user:usr_a", 2],
      ["read_only", "user:usr_a", 2],
    ]);
  });

  it("names whoever gave a role later, and forgets what was taken", () => {
    const change = updated(5, "user:usr_c", ["operator", "read_only"], ["operator", "workflow_author"]);
    expect(told([accepted, change])).toEqual([
      ["operator", "user:usr_a", 2],
      ["workflow_author", "user:usr_c", 5],
    ]);
  });

  it("names the last who gave a role that was taken in between", () => {
    const taken = updated(5, "user:usr_c", ["operator", "read_only"], ["read_only"]);
    const given = updated(6, "user:usr_d", ["read_only"], ["read_only", "operator"]);
    expect(told([accepted, taken, given])).toContainEqual(["operator", "user:usr_d", 6]);
  });

  it("names who accepted where the invitation left no receipt, and nobody for what it cannot read", () => {
    const unknown = { ...accepted, detail: { invitationId: "inv_2", roles: ["operator", "emperor"] } };
    expect(told([unknown])).toEqual([["operator", "user:usr_b", 2]]);
    expect(
      told([
        { ...accepted, detail: null },
        { ...accepted, action: "member.update", detail: "text" },
      ]),
    ).toEqual([]);
  });
});
