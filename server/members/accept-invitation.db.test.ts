import { describe, expect, it } from "vitest";
import { makeMember, makeUser, type MadeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { overridePlan } from "@/server/entitlements";
import { type Clock, fixedClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { findMembership, tenantWith, userContext } from "@/server/testing/actors";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import type { TenantContext } from "@/server/verb";
import {
  acceptInvitation,
  composeInvitation,
  getInvitation,
  inviteMember,
  listMembers,
  removeMember,
  resendInvitation,
  revokeInvitation,
  updateMember,
} from "./index";

const db = useTestDatabase();

/** What the mailed link carries, read from the mail as it would go out. */
async function linkOf(ctx: TenantContext, invitationId: string) {
  const letter = must(await composeInvitation(ctx, { tenantId: ctx.tenantId, invitationId }), "the mail is due");
  const url = new URL(letter.url);
  return {
    letter,
    link: { invitationId: url.pathname.split("/").at(-1) ?? "", token: url.searchParams.get("token") ?? "" },
  };
}

async function invited(clock = fixedClock(new Date())) {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin"], clock);
  const person = await makeUser(db.database);
  const guest = userContext(db.database, person, clock);
  const { id } = await inviteMember(as.tenant_admin, {
    email: person.email,
    roles: ["workflow_reviewer"],
    region: "us",
  });
  const { letter, link } = await linkOf(as.tenant_admin, id);
  return { tenant, admin: as.tenant_admin, guest, id, letter, link, clock };
}

async function secondAdmin(tenant: MadeTenant) {
  const user = await makeUser(db.database);
  const memberId = await makeMember(db.database, tenant.tenantId, user.id, { roles: ["conductor_admin"] });
  const ctx = must(await findMembership(userContext(db.database, user), tenant.slug), "a member just made is found");
  return { memberId, ctx };
}

describe("composeInvitation", () => {
  it("links to the configured address and names who invites whom to what", async () => {
    const { letter, guest, tenant } = await invited();
    expect(letter.url).toMatch(/^http:\/\/localhost:3000\/invitations\/inv_[0-9a-f]{32}\?token=[A-Za-z0-9_-]{43}$/);
    expect(letter).toMatchObject({ to: guest.user.email, tenantName: tenant.slug, roles: ["workflow_reviewer"] });
  });

  it("has nothing to send for an invitation that is over", async () => {
    const { admin, id } = await invited();
    await revokeInvitation(admin, { invitationId: id });
    expect(await composeInvitation(admin, { tenantId: admin.tenantId, invitationId: id })).toBeNull();
  });
});

describe("acceptInvitation", () => {
  it("makes the invited person a member with the stored rights and leaves receipt and event", async () => {
    const { tenant, admin, guest, link } = await invited();
    expect(await getInvitation(guest, link)).toMatchObject({
      ...{ isForYou: true, state: "pending" },
      tenant: { slug: tenant.slug },
    });
    const { slug, memberId } = await acceptInvitation(guest, link);
    const joined = must(await findMembership(guest, slug), "the guest is a member now");
    expect(joined.principal).toMatchObject({ roles: ["workflow_reviewer"], region: "us", clearance: "internal" });
    await expectReceipt(admin, "invitation.accept", `member:${memberId}`);
    expect(await recordedEvents(db.ownerUrl, tenant.tenantId)).toEqual(["member.invited", "member.joined"]);
  });

  it("opens once, however many try at the same moment", async () => {
    const { guest, link } = await invited();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => acceptInvitation(guest, link)));
    expect(outcomes.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const outcome of outcomes)
      if (outcome.status === "rejected") expect(outcome.reason).toMatchObject({ code: "Conflict" });
  });

  describe("in a tenant whose plan has three seats", () => {
    const standard = { plan: "standard" as const, addOns: [], moreSeats: 0, reason: "Of tests" };
    const limit = (admin: TenantContext, clock: Clock) =>
      overridePlan(admin, { ...standard, expiresAt: new Date(clock.now().getTime() + 86_400_000) });
    const fill = async (tenant: MadeTenant, more: number) => {
      for (let nth = 0; nth < more; nth += 1)
        await makeMember(db.database, tenant.tenantId, (await makeUser(db.database)).id, { roles: ["read_only"] });
    };

    it("gives the last one, and no more; the invitation is good once a seat is free", async () => {
      const { tenant, admin, guest, link, clock } = await invited();
      await limit(admin, clock);
      await fill(tenant, 2);
      const refusal = {
        ...{ code: "LimitReached", details: { reason: "seats", limit: 3, taken: 3, plan: "standard" } },
        message: expect.stringMatching(
          /^Hosted SaaS Standard has 3 seats, and 3 are taken\. .* More: Hosted SaaS Pro \(\$499\.00 a month\): 10 seats;/,
        ) as string,
      };
      await expect(acceptInvitation(guest, link)).rejects.toMatchObject(refusal);
      await overridePlan(admin, null);
      await acceptInvitation(guest, link);
    });

    it("keeps members beyond its seats, and takes nobody new (case 72)", async () => {
      const { tenant, admin, guest, link, clock } = await invited();
      await fill(tenant, 4);
      await limit(admin, clock);
      expect((await listMembers(admin, {})).rows).toHaveLength(5);
      await expect(acceptInvitation(guest, link)).rejects.toMatchObject({ code: "LimitReached" });
    });

    it("gives the last one to one of two who join at the same moment (case 79)", async () => {
      const { tenant, admin, guest, link, clock } = await invited();
      await limit(admin, clock);
      await fill(tenant, 1);
      const person = await makeUser(db.database);
      const { id } = await inviteMember(admin, { email: person.email, roles: ["read_only"] });
      const { link: other } = await linkOf(admin, id);
      const outcomes = await Promise.allSettled([
        acceptInvitation(guest, link),
        acceptInvitation(userContext(db.database, person, clock), other),
      ]);
      expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
      expect((await listMembers(admin, {})).rows).toHaveLength(3);
    });
  });

  it("takes the rights from the invitation and refuses any in the input", async () => {
    const { guest, link } = await invited();
    const raised = { ...link, roles: ["tenant_admin"] };
    await expect(acceptInvitation(guest, raised)).rejects.toMatchObject({ code: "Invalid" });
  });

  it("refuses whoever is signed in with another address", async () => {
    const { link } = await invited();
    const stranger = userContext(db.database, await makeUser(db.database));
    expect(await getInvitation(stranger, link)).toMatchObject({ isForYou: false });
    await expect(acceptInvitation(stranger, link)).rejects.toMatchObject({ code: "Forbidden" });
  });

  it("answers a wrong token, another invitation's token and an unknown id alike", async () => {
    const { guest, link } = await invited();
    const other = await invited();
    const wrong = [
      { ...link, token: "A".repeat(43) },
      { ...link, token: other.link.token },
      { ...link, invitationId: newId("invitation") },
    ];
    for (const attempt of wrong)
      await expect(acceptInvitation(guest, attempt)).rejects.toMatchObject({
        code: "NotFound",
        message: "No such invitation.",
      });
  });

  it("refuses an expired invitation, and a withdrawn one", async () => {
    const late = await invited();
    late.clock.advance(7 * 86_400_000);
    await expect(acceptInvitation(late.guest, late.link)).rejects.toMatchObject({ code: "PreconditionFailed" });
    const withdrawn = await invited();
    await revokeInvitation(withdrawn.admin, { invitationId: withdrawn.id });
    await expect(acceptInvitation(withdrawn.guest, withdrawn.link)).rejects.toMatchObject({ code: "Conflict" });
  });

  it("ends the earlier link when the invitation is sent again", async () => {
    const { admin, guest, id, link, clock } = await invited();
    clock.advance(60_000);
    await resendInvitation(admin, { invitationId: id });
    await expect(acceptInvitation(guest, link)).rejects.toMatchObject({ code: "NotFound" });
    const renewed = await linkOf(admin, id);
    await acceptInvitation(guest, renewed.link);
  });

  it("honours no invitation of someone who was removed or may no longer invite", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    for (const end of ["remove", "demote"] as const) {
      const helper = await secondAdmin(tenant);
      const person = await makeUser(db.database);
      const { id } = await inviteMember(helper.ctx, { email: person.email, roles: ["operator"] });
      const { link } = await linkOf(helper.ctx, id);
      if (end === "remove") await removeMember(as.tenant_admin, { memberId: helper.memberId });
      else await updateMember(as.tenant_admin, { memberId: helper.memberId, roles: ["read_only"] });
      await expect(acceptInvitation(userContext(db.database, person), link)).rejects.toMatchObject({
        code: "Conflict",
      });
    }
  });

  it("refuses someone who is a member already", async () => {
    const { admin, guest, link } = await invited();
    await acceptInvitation(guest, link);
    const { rows } = await listMembers(admin, {});
    const own = must(
      rows.find((row) => row.userId === guest.user.id),
      "the guest is listed",
    );
    await removeMember(admin, { memberId: own.id });
    const again = await inviteMember(admin, { email: guest.user.email, roles: ["read_only"] });
    const { link: secondLink } = await linkOf(admin, again.id);
    await makeMember(db.database, admin.tenantId, guest.user.id, { roles: ["operator"] });
    await expect(acceptInvitation(guest, secondLink)).rejects.toMatchObject({ code: "Conflict" });
  });

  it("slows down whoever tries many links", async () => {
    const { guest, link } = await invited();
    const guess = () => acceptInvitation(guest, { ...link, token: "A".repeat(43) });
    for (let tried = 0; tried < 20; tried += 1) await expect(guess()).rejects.toMatchObject({ code: "NotFound" });
    await expect(guess()).rejects.toMatchObject({ code: "LimitReached" });
  });
});
