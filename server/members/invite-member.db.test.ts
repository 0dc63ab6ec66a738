import { describe, expect, it } from "vitest";
import { makeMember, makeTenant, makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { inviteMember, listInvitations, resendInvitation, revokeInvitation } from "./index";

const db = useTestDatabase();
const address = () => `${unique("guest")}@example.test`;

describe("inviteMember", () => {
  it("stores the rights that will be granted and leaves receipt and event, none with a secret", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const email = address();
    const made = await inviteMember(as.tenant_admin, { email: ` ${email.toUpperCase()} `, roles: ["operator"] });
    expect(made).toMatchObject({ email, roles: ["operator"], clearance: "internal", region: "eu", state: "pending" });
    await expectReceipt(as.tenant_admin, "member.invite", `invitation:${made.id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.invited"]);
    expect(JSON.stringify(made)).not.toContain("token");
  });

  it("refuses an operator and puts the denial on record alone", async () => {
    const { as } = await tenantWith(db.database, ["operator"]);
    const attempt = inviteMember(as.operator, { email: address(), roles: ["read_only"] });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["role"] } });
    await expectDenial(as.operator, "member.invite");
    expect(await countReceipts(as.operator)).toBe(0);
  });

  it("lets nobody but an owner invite an owner", async () => {
    const { as } = await tenantWith(db.database, ["conductor_admin"]);
    const attempt = inviteMember(as.conductor_admin, { email: address(), roles: ["tenant_admin"] });
    await expect(attempt).rejects.toMatchObject({
      code: "Forbidden",
      details: { failed: ["grants_beyond_own"], whoCould: ["tenant_admin"] },
    });
    await expectDenial(as.conductor_admin, "member.invite");
  });

  it("lets no owner of the operating tenant hand out the deployment", async () => {
    const tenant = await makeTenant(db.database, { isOperator: true });
    const owner = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
    const attempt = inviteMember(owner, { email: address(), roles: ["conductor_admin"] });
    await expect(attempt).rejects.toMatchObject({ details: { whoCould: ["conductor_admin"] } });
  });

  it("gives one of two who invite the same address a conflict", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin"]);
    const email = address();
    const tries = [1, 2].map(() => inviteMember(as.tenant_admin, { email, roles: ["read_only"] }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });

  it("refuses an address that is a member", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const user = await makeUser(db.database);
    await makeMember(db.database, tenant.tenantId, user.id, { roles: ["read_only"] });
    const attempt = inviteMember(as.tenant_admin, { email: user.email, roles: ["operator"] });
    await expect(attempt).rejects.toMatchObject({ code: "Conflict", details: { field: "email" } });
  });

  it("invites anew once an invitation has expired", async () => {
    const clock = fixedClock(new Date());
    const { as } = await tenantWith(db.database, ["tenant_admin"], clock);
    const email = address();
    await inviteMember(as.tenant_admin, { email, roles: ["read_only"] });
    clock.advance(7 * 86_400_000);
    await inviteMember(as.tenant_admin, { email, roles: ["operator"] });
    const { rows } = await listInvitations(as.tenant_admin, {});
    expect(rows.map(({ state, roles }) => ({ state, roles }))).toEqual([
      { state: "pending", roles: ["operator"] },
      { state: "revoked", roles: ["read_only"] },
    ]);
  });

  it("stops at fifty invitations an hour", async () => {
    const clock = fixedClock(new Date());
    const { as } = await tenantWith(db.database, ["tenant_admin"], clock);
    for (let sent = 0; sent < 50; sent += 1)
      await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    const attempt = inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    await expect(attempt).rejects.toMatchObject({ code: "LimitReached" });
    clock.advance(3_600_001);
    await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
  });

  it.each([
    ['"e@attacker.com"@victim.com', ["read_only"]],
    ["a＠b.com", ["read_only"]],
    ["a@b.com,c@d.com", ["read_only"]],
    ["a@b.com\r\nBcc: c@d.com", ["read_only"]],
    ["a@b.com", []],
    ["a@b.com", ["read_only", "read_only"]],
    ["a@b.com", ["owner"]],
  ])("refuses %j with roles %j as invalid", async (email, roles) => {
    const { as } = await tenantWith(db.database, ["tenant_admin"]);
    const attempt = inviteMember(as.tenant_admin, { email, roles: roles as ["read_only"] });
    await expect(attempt).rejects.toMatchObject({ code: "Invalid" });
  });

  it("refuses keys it does not know", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin"]);
    const smuggled = { email: address(), roles: ["read_only" as const], status: "accepted" };
    await expect(inviteMember(as.tenant_admin, smuggled)).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("revokeInvitation", () => {
  it("ends an invitation once", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { id } = await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    const tries = [1, 2].map(() => revokeInvitation(as.tenant_admin, { invitationId: id }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
    await expectReceipt(as.tenant_admin, "invitation.revoke", `invitation:${id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.invited", "invitation.revoked"]);
  });

  it("refuses an operator and answers another tenant's id like one that never was", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "operator"]);
    const other = await tenantWith(db.database, ["tenant_admin"]);
    const { id } = await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    await expect(revokeInvitation(as.operator, { invitationId: id })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.operator, "member.invite");
    const foreign = revokeInvitation(other.as.tenant_admin, { invitationId: id });
    await expect(foreign).rejects.toMatchObject({ code: "NotFound", message: "No such invitation." });
  });
});

describe("resendInvitation", () => {
  it("renews the invitation's days and asks for another mail, at most once a minute", async () => {
    const clock = fixedClock(new Date());
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"], clock);
    const { id } = await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    await expect(resendInvitation(as.tenant_admin, { invitationId: id })).rejects.toMatchObject({
      code: "LimitReached",
      details: { retryAfterSeconds: 60 },
    });
    clock.advance(8 * 86_400_000);
    expect(await resendInvitation(as.tenant_admin, { invitationId: id })).toMatchObject({ id, state: "pending" });
    await expectReceipt(as.tenant_admin, "invitation.resend", `invitation:${id}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.invited", "member.invited"]);
  });

  it("refuses a revoked invitation, an operator, and another tenant's id", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "operator"]);
    const other = await tenantWith(db.database, ["tenant_admin"]);
    const { id } = await inviteMember(as.tenant_admin, { email: address(), roles: ["read_only"] });
    await revokeInvitation(as.tenant_admin, { invitationId: id });
    const attempts: [typeof as.tenant_admin, string][] = [
      [as.tenant_admin, "Conflict"],
      [as.operator, "Forbidden"],
      [other.as.tenant_admin, "NotFound"],
    ];
    for (const [who, code] of attempts)
      await expect(resendInvitation(who, { invitationId: id })).rejects.toMatchObject({ code });
  });
});

describe("listInvitations", () => {
  it("pages, newest first, and only for those who may invite", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin", "read_only"]);
    for (const email of ["a@example.test", "b@example.test", "c@example.test"])
      await inviteMember(as.tenant_admin, { email, roles: ["read_only"] });
    const first = await listInvitations(as.tenant_admin, { limit: 2 });
    expect(first.rows.map((row) => row.email)).toEqual(["c@example.test", "b@example.test"]);
    const second = await listInvitations(as.tenant_admin, { limit: 2, cursor: first.nextCursor ?? undefined });
    expect(second).toMatchObject({ rows: [{ email: "a@example.test" }], nextCursor: null });
    await expect(listInvitations(as.read_only, {})).rejects.toMatchObject({ code: "Forbidden" });
  });
});
