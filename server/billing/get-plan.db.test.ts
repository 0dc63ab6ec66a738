import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { ROLES } from "@/policies/access/vocabulary";
import { overridePlan } from "@/server/entitlements";
import { planlessTenantWith } from "@/server/testing/actors";
import { expectDenial } from "@/server/testing/records";
import { getPlan } from "./index";

const db = useTestDatabase();
const pilot = {
  ...{ plan: "standard" as const, addOns: [], moreSeats: 0, reason: "A pilot" },
  expiresAt: new Date(Date.now() + 86_400_000),
};

describe("billing.plan", () => {
  it("tells an administrator the plan, its source, its limits with what is used, and what would open the rest", async () => {
    const { as } = await planlessTenantWith(db.database, ["tenant_admin", "operator"]);
    await overridePlan(as.tenant_admin, pilot);
    const told = await getPlan(as.tenant_admin, {});
    expect(told.plan).toMatchObject({ source: "manual", title: "Hosted SaaS Standard", status: "active" });
    expect(told.limits).toContainEqual({ limit: "seats", most: 3, used: 2 });
    expect(told.limits).toContainEqual({ limit: "retentionMonths", most: 3, used: null });
    const of = (name: string) => told.features.find(({ feature }) => feature === name);
    expect(of("receipts")).toMatchObject({ closed: null, opensWith: [] });
    expect(of("incident-automation")?.closed).toBe("not-in-plan");
    expect(of("incident-automation")?.opensWith[0]).toBe("the add-on Incident automation ($79.00 a month)");
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it("marks what is beyond a limit, and takes nothing away", async () => {
    const { as } = await planlessTenantWith(db.database, ["tenant_admin", "operator", "read_only", "workflow_author"]);
    await overridePlan(as.tenant_admin, pilot);
    expect((await getPlan(as.tenant_admin, {})).excess).toEqual([{ limit: "seats", allowed: 3, used: 4, excess: 1 }]);
  });

  it("says of a tenant that nobody granted anything that it has the product itself", async () => {
    const { as } = await planlessTenantWith(db.database, ["tenant_admin"]);
    expect(await getPlan(as.tenant_admin, {})).toMatchObject({ plan: null, mayStartRuns: true, banner: null });
  });

  it.each(ROLES.filter((role) => role !== "tenant_admin" && role !== "conductor_admin"))(
    "is refused to a %s, with a denial on record",
    async (role) => {
      const { as } = await planlessTenantWith(db.database, [role]);
      await expect(getPlan(as[role], {})).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(as[role], "billing.read");
    },
  );

  it("is of one's own tenant alone", async () => {
    const [one, other] = [
      await planlessTenantWith(db.database, ["tenant_admin"]),
      await planlessTenantWith(db.database, ["tenant_admin"]),
    ];
    await overridePlan(one.as.tenant_admin, pilot);
    expect((await getPlan(other.as.tenant_admin, {})).plan).toBeNull();
  });
});
