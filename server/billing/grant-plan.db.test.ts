import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { ROLES } from "@/policies/access/vocabulary";
import { standingOf } from "@/server/entitlements";
import { newId } from "@/server/kernel/ids";
import { memberContext, planlessTenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import { applyGrant, endGrant, grantPlan } from "./index";

const db = useTestDatabase();
const days = (count: number) => new Date(Date.now() + count * 86_400_000).toISOString();
const terms = { plan: "pro" as const, addOns: [], moreSeats: 0, reason: "A pilot" };
const grant = { ...terms, expiresAt: days(30) };

const operating = async (role: (typeof ROLES)[number]) =>
  memberContext(db.database, await makeTenant(db.database, { isOperator: true }), { roles: [role] });
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second)).toISOString();
const until = (second: number) => new Date(Date.UTC(2026, 6, 1, 0, 0, second)).toISOString();

describe("billing.grant", () => {
  it("leaves receipt and event, and its job opens the plan with a receipt in the other tenant", async () => {
    const admin = await operating("conductor_admin");
    const { tenant, as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    await grantPlan(admin, { tenant: tenant.slug, ...grant });
    await expectReceipt(admin, "entitlement.grant", `tenant:${tenant.tenantId}`);
    expect(await recordedEvents(db.ownerUrl, admin.tenantId)).toEqual(["plan.granted"]);
    const payload = { tenantId: admin.tenantId, forTenantId: tenant.tenantId, grantedBy: "user:x" };
    const job = { database: db.database, newId };
    await applyGrant(job, { ...payload, granted: grant, grantedAt: days(0) });
    await expectReceipt(as.tenant_admin, "entitlement.grant", `tenant:${tenant.tenantId}`);
    const plan = async () =>
      (await withTenant(as.tenant_admin, (tx) => standingOf(tx, tenant.tenantId, new Date()))).projection?.plan;
    expect(await plan()).toBe("pro");
    await endGrant(admin, { tenant: tenant.slug });
    await applyGrant(job, { ...payload, granted: null, grantedAt: days(0) });
    expect(await plan()).toBeUndefined();
  });

  it("counts in the order of the decisions, however often and in whichever order their jobs run", async () => {
    const { tenant, as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    const payload = { tenantId: tenant.tenantId, forTenantId: tenant.tenantId, grantedBy: "user:x" };
    const apply = (plan: "pro" | "enterprise" | null, second: number) =>
      applyGrant(
        { database: db.database, newId },
        {
          ...{ ...payload, grantedAt: at(second) },
          granted: plan === null ? null : { ...terms, plan, expiresAt: until(second) },
        },
      );
    await apply("enterprise", 2);
    const before = await countReceipts(as.tenant_admin);
    await apply("pro", 1);
    await apply(null, 1);
    await apply("enterprise", 2);
    expect(await countReceipts(as.tenant_admin)).toBe(before);
    await apply(null, 3);
    await apply("enterprise", 2);
    expect(await countReceipts(as.tenant_admin)).toBe(before + 1);
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin"))(
    "is refused to a %s of the operating tenant, with a denial on record",
    async (role) => {
      const ctx = await operating(role);
      await expect(grantPlan(ctx, { tenant: "acme", ...grant })).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(ctx, "pricing.set");
      await expect(endGrant(ctx, { tenant: "acme" })).rejects.toMatchObject({ code: "Forbidden" });
    },
  );

  it("is refused to every role of another tenant, for its own tenant too", async () => {
    const { tenant, as } = await planlessTenantWith(db.database, [...ROLES]);
    for (const role of ROLES)
      await expect(grantPlan(as[role], { tenant: tenant.slug, ...grant })).rejects.toMatchObject({ code: "Forbidden" });
  });

  it.each([
    ["a tenant that is not there", { tenant: "nobody-at-all" }, "NotFound"],
    ["a day that is past", { expiresAt: days(-1) }, "Invalid"],
    ["a day beyond a year", { expiresAt: days(400) }, "Invalid"],
    ["no reason", { reason: "  " }, "Invalid"],
    ["a plan that there is not", { plan: "gold" as never }, "Invalid"],
    ["an add-on that there is not", { addOns: ["gold" as never] }, "Invalid"],
  ])("is refused for %s, and leaves no receipt", async (_what, over, code) => {
    const admin = await operating("conductor_admin");
    const { tenant } = await planlessTenantWith(db.database, ["tenant_admin"]);
    const before = await countReceipts(admin);
    await expect(grantPlan(admin, { tenant: tenant.slug, ...grant, ...over })).rejects.toMatchObject({ code });
    expect(await countReceipts(admin)).toBe(before);
  });
});
