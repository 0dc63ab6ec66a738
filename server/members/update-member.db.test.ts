import { describe, expect, it } from "vitest";
import { makeMember, makeTenant, makeUser, type MadeTenant, type MemberAttributes } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { must } from "@/server/kernel/errors";
import { findMembership, tenantWith, userContext } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { leaveTenant, listMembers, removeMember, updateMember } from "./index";

const db = useTestDatabase();

async function join(tenant: MadeTenant, roles: MemberAttributes["roles"], name?: string) {
  const person = await makeUser(db.database, name === undefined ? {} : { name });
  const memberId = await makeMember(db.database, tenant.tenantId, person.id, { roles });
  const user = userContext(db.database, person);
  return { memberId, user, ctx: must(await findMembership(user, tenant.slug), "a member just made is found") };
}

describe("updateMember", () => {
  it("changes rights from the next request on and leaves receipt and event", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId, user } = await join(tenant, ["read_only"]);
    await updateMember(as.tenant_admin, { memberId, roles: ["operator"], clearance: "restricted" });
    const after = await findMembership(user, tenant.slug);
    expect(after?.principal).toMatchObject({ roles: ["operator"], clearance: "restricted", region: "eu" });
    await expectReceipt(as.tenant_admin, "member.update", `member:${memberId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.updated"]);
  });

  it("refuses a reviewer, and puts the denial on record alone", async () => {
    const { tenant, as } = await tenantWith(db.database, ["workflow_reviewer"]);
    const { memberId } = await join(tenant, ["read_only"]);
    const attempt = updateMember(as.workflow_reviewer, { memberId, roles: ["operator"] });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.workflow_reviewer, "member.update");
    expect(await countReceipts(as.workflow_reviewer)).toBe(0);
  });

  it("answers another tenant's member like one that never was", async () => {
    const { as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId } = await join(await makeTenant(db.database), ["read_only"]);
    const attempt = updateMember(as.tenant_admin, { memberId, roles: ["operator"] });
    await expect(attempt).rejects.toMatchObject({ code: "NotFound", message: "No such member." });
  });

  const widenings: Omit<Parameters<typeof updateMember>[1], "memberId">[] = [
    { roles: ["tenant_admin", "workflow_reviewer"] },
    { clearance: "restricted" },
    { region: "us" },
  ];
  it.each(widenings)("lets nobody widen their own rights by %j", async (change) => {
    const owner = await join(await makeTenant(db.database), ["tenant_admin"]);
    const attempt = updateMember(owner.ctx, { memberId: owner.memberId, ...change });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["widens_own_rights"] } });
    await expectDenial(owner.ctx, "member.update");
  });

  it("lets an administrator neither make nor unmake an owner", async () => {
    const { tenant, as } = await tenantWith(db.database, ["conductor_admin", "tenant_admin"]);
    const owner = await join(tenant, ["tenant_admin"]);
    const viewer = await join(tenant, ["read_only"]);
    const attempts = [
      () => updateMember(as.conductor_admin, { memberId: viewer.memberId, roles: ["tenant_admin"] }),
      () => updateMember(as.conductor_admin, { memberId: owner.memberId, roles: ["read_only"] }),
      () => removeMember(as.conductor_admin, { memberId: owner.memberId }),
    ];
    for (const attempt of attempts)
      await expect(attempt()).rejects.toMatchObject({ code: "Forbidden", details: { whoCould: ["tenant_admin"] } });
  });

  it("keeps one owner when the last two step down at the same moment", async () => {
    const tenant = await makeTenant(db.database);
    const owners = [await join(tenant, ["tenant_admin", "operator"]), await join(tenant, ["tenant_admin", "operator"])];
    const tries = owners.map(({ ctx, memberId }) => updateMember(ctx, { memberId, roles: ["operator"] }));
    const outcomes = await Promise.allSettled(tries);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "Conflict" });
  });

  it("refuses an empty change and keys it does not know", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId } = await join(tenant, ["read_only"]);
    await expect(updateMember(as.tenant_admin, { memberId })).rejects.toMatchObject({ code: "Invalid" });
    const smuggled = { memberId, region: "us", userId: "usr_other" };
    await expect(updateMember(as.tenant_admin, smuggled)).rejects.toMatchObject({ code: "Invalid" });
  });
});

describe("removeMember", () => {
  it("ends the membership from the next request on and leaves receipt and event", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId, user } = await join(tenant, ["operator"]);
    await removeMember(as.tenant_admin, { memberId });
    expect(await findMembership(user, tenant.slug)).toBeNull();
    await expectReceipt(as.tenant_admin, "member.remove", `member:${memberId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.removed"]);
  });

  it("refuses an operator, another tenant's member, and the last owner", async () => {
    const tenant = await makeTenant(db.database);
    const owner = await join(tenant, ["tenant_admin"]);
    const operator = await join(tenant, ["operator"]);
    const foreign = await join(await makeTenant(db.database), ["read_only"]);
    const attempts: [() => Promise<unknown>, string][] = [
      [() => removeMember(operator.ctx, { memberId: owner.memberId }), "Forbidden"],
      [() => removeMember(owner.ctx, { memberId: foreign.memberId }), "NotFound"],
      [() => removeMember(owner.ctx, { memberId: owner.memberId }), "Conflict"],
    ];
    for (const [attempt, code] of attempts) await expect(attempt()).rejects.toMatchObject({ code });
    await expectDenial(operator.ctx, "member.remove");
  });

  it("gives the second of two who remove the same member a refusal", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId } = await join(tenant, ["operator"]);
    const outcomes = await Promise.allSettled([1, 2].map(() => removeMember(as.tenant_admin, { memberId })));
    expect(outcomes.find((outcome) => outcome.status === "rejected")?.reason).toMatchObject({ code: "NotFound" });
  });
});

describe("leaveTenant", () => {
  it("ends the caller's own membership and leaves receipt and event", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    const { memberId, user } = await join(tenant, ["operator"]);
    await leaveTenant(user, { slug: tenant.slug });
    expect(await findMembership(user, tenant.slug)).toBeNull();
    await expectReceipt(as.tenant_admin, "member.leave", `member:${memberId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.left"]);
  });

  it("keeps the last owner, and answers a stranger as if there were no such tenant", async () => {
    const tenant = await makeTenant(db.database);
    const owner = await join(tenant, ["tenant_admin"]);
    await expect(leaveTenant(owner.user, { slug: tenant.slug })).rejects.toMatchObject({
      code: "Conflict",
      message: "This is the tenant's last tenant admin. Give the role to someone else first.",
    });
    const stranger = userContext(db.database, await makeUser(db.database));
    await expect(leaveTenant(stranger, { slug: tenant.slug })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("keeps the last who runs the deployment", async () => {
    const tenant = await makeTenant(db.database, { isOperator: true });
    await join(tenant, ["tenant_admin"]);
    const last = await join(tenant, ["conductor_admin"]);
    await expect(leaveTenant(last.user, { slug: tenant.slug })).rejects.toMatchObject({
      code: "Conflict",
      details: { role: "conductor_admin" },
    });
  });
});

describe("listMembers", () => {
  it("shows every member to every member, by page and by text", async () => {
    const tenant = await makeTenant(db.database);
    const first = await join(tenant, ["tenant_admin"], "Ada Lovelace");
    const second = await join(tenant, ["read_only"], "100% Grace_Hopper");
    const page = await listMembers(second.ctx, { limit: 1 });
    expect(page.rows.map((row) => row.id)).toEqual([first.memberId]);
    const rest = await listMembers(second.ctx, { limit: 1, cursor: page.nextCursor ?? undefined });
    expect(rest).toMatchObject({ rows: [{ id: second.memberId }], nextCursor: null });
    const found = async (text: string) => (await listMembers(first.ctx, { text })).rows.map((row) => row.name);
    expect(await found("0% grace_")).toEqual(["100% Grace_Hopper"]);
    expect(await found("%")).toEqual(["100% Grace_Hopper"]);
    expect(await found("example.test")).toHaveLength(2);
    expect(await found("nobody")).toEqual([]);
  });

  it("finds nobody of another tenant", async () => {
    const { as } = await tenantWith(db.database, ["read_only"]);
    await join(await makeTenant(db.database), ["read_only"], "Elsewhere");
    expect(await listMembers(as.read_only, { text: "Elsewhere" })).toEqual({ rows: [], nextCursor: null });
  });

  it.each([{ limit: 101 }, { limit: 0 }, { limit: 1.5 }, { cursor: "\u0000" }, { text: "a\u0000" }])(
    "refuses %j as invalid",
    async (input) => {
      const { as } = await tenantWith(db.database, ["read_only"]);
      await expect(listMembers(as.read_only, input)).rejects.toMatchObject({ code: "Invalid" });
    },
  );
});
