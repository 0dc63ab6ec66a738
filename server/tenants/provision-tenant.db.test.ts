import { beforeAll, describe, expect, it } from "vitest";
import { invitations, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant, type MadeTenant, makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { ROLES } from "@/policies/access/vocabulary";
import { standingOf } from "@/server/entitlements";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { acceptInvitation, composeInvitation, listMembers } from "@/server/members";
import { findMembership, memberContext, tenantWith, userContext } from "@/server/testing/actors";
import { expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { must } from "@/server/kernel/errors";
import { findTenantId, provisionTenant, setUpTenant } from "./index";

const db = useTestDatabase();
const until = new Date(Date.now() + 30 * 86_400_000).toISOString();
let operating: MadeTenant;
beforeAll(async () => {
  operating = await makeTenant(db.database, { isOperator: true });
});
const by = (role: (typeof ROLES)[number]) => memberContext(db.database, operating, { roles: [role] });
const wanted = (over: Record<string, unknown> = {}) => ({
  ...{
    name: "Bolt Ltd",
    slug: unique("bolt"),
    email: `${unique("ada")}@bolt.test`,
    plan: "pro" as const,
    moreSeats: 2,
  },
  ...{ expiresAt: until, reason: "Contract 7", ...over },
});
const job = () => ({ database: db.database, clock: systemClock, newId, requestId: newId("request") });
const setUp = (forTenantId: string, asked: ReturnType<typeof wanted>, userId: string | null = null) =>
  setUpTenant(job(), {
    forTenantId,
    wanted: asked,
    userId,
    provisionedBy: userId === null ? "system" : `user:${userId}`,
  });

describe("a tenant for somebody else", () => {
  it("has its plan and an invited administrator, with receipts with the operating tenant and in its own chain", async () => {
    const admin = await by("conductor_admin");
    const asked = wanted();
    const { tenantId } = await provisionTenant(admin, asked);
    await expectReceipt(admin, "tenant.provision", `tenant:${tenantId}`);
    expect(await recordedEvents(db.ownerUrl, operating.tenantId)).toEqual(["tenant.provisioned"]);
    expect(await findTenantId(db.database, asked.slug)).toBeNull();

    expect(await setUp(tenantId, asked, admin.principal.id)).toBe(true);
    // A job may be repeated.
    expect(await setUp(tenantId, asked, admin.principal.id)).toBe(false);
    const here = { database: db.database, tenantId };
    const [invitation, ...others] = await withTenant(here, (tx) => tx.select().from(invitations));
    expect([invitation?.email, others]).toEqual([asked.email, []]);
    const chain = await withTenant(here, (tx) => tx.select({ action: receipts.action }).from(receipts));
    expect(chain.map(({ action }) => action).sort()).toEqual(["entitlement.grant", "member.invite", "tenant.create"]);
    const { projection } = await withTenant(here, (tx) => standingOf(tx, tenantId, new Date()));
    expect(projection).toMatchObject({ source: "manual", plan: "pro", seats: 12 });

    const invitationId = must(invitation, "somebody is invited").id;
    const letter = must(await composeInvitation(job(), { tenantId, invitationId }), "the invitation is open");
    expect(letter).toMatchObject({ to: asked.email, tenantName: "Bolt Ltd" });
    const guest = userContext(db.database, await makeUser(db.database, { email: asked.email }));
    const token = must(/[A-Za-z0-9_-]{43}/.exec(new URL(letter.url).hash + new URL(letter.url).search)?.[0], "a token");
    await acceptInvitation(guest, { invitationId, token });
    const founder = must(await findMembership(guest, asked.slug), "the first administrator is a member");
    expect((await listMembers(founder, {})).rows).toMatchObject([{ roles: ["tenant_admin", "workflow_author"] }]);
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin"))("is not for %s of the operating tenant", async (role) => {
    const person = await by(role);
    await expect(provisionTenant(person, wanted())).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(person, "deployment.provision");
  });

  it("is not for anybody of another tenant", async () => {
    const { as } = await tenantWith(db.database, ["conductor_admin"]);
    await expect(provisionTenant(as.conductor_admin, wanted())).rejects.toMatchObject({
      ...{ code: "Forbidden", details: { failed: ["same_tenant"] } },
    });
  });

  it("is refused at an address that is taken, at once or by the job, with what was there left alone", async () => {
    const admin = await by("conductor_admin");
    const taken = await makeTenant(db.database);
    await expect(provisionTenant(admin, wanted({ slug: taken.slug }))).rejects.toMatchObject({ code: "Conflict" });
    const forTenantId = newId("tenant");
    await expect(setUp(forTenantId, wanted({ slug: taken.slug }))).rejects.toMatchObject({ code: "Conflict" });
    expect(await findTenantId(db.database, taken.slug)).toBe(taken.tenantId);
    const rows = await withTenant({ database: db.database, tenantId: forTenantId }, (tx) => tx.select().from(receipts));
    expect(rows).toEqual([]);
  });

  it.each([
    ["ends in the past", { expiresAt: "2020-01-01T00:00:00.000Z" }],
    ["does not end within a year", { expiresAt: "2999-01-01T00:00:00.000Z" }],
    ["names no plan", { plan: "gold" }],
    ["has no administrator", { email: "nobody" }],
    ["says not why", { reason: " " }],
  ])("is refused where it %s", async (_what, over) => {
    await expect(provisionTenant(await by("conductor_admin"), wanted(over))).rejects.toMatchObject({ code: "Invalid" });
  });
});
