import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { ROLES } from "@/policies/access/vocabulary";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial } from "@/server/testing/records";
import golden from "./domain/golden.json";
import { scenarioUsage } from "./domain/usage";
import { analysePricing } from "./index";

const db = useTestDatabase();
const months = [scenarioUsage("small"), scenarioUsage("large")];

const operating = async (role: (typeof ROLES)[number]) =>
  memberContext(db.database, await makeTenant(db.database, { isOperator: true }), { roles: [role] });

describe("pricing.analyse", () => {
  it("tells an administrator of the operating tenant what months cost and leave, and what to see to", async () => {
    const admin = await operating("conductor_admin");
    const { months: told, ...all } = await analysePricing(admin, { months, partnerTenants: 40 });
    const { breakEven, unitCosts, catalogue, crossovers, licence } = all;
    expect(told.map(({ quote }) => ("gp" in quote ? quote.gp : null))).toEqual([golden.small.gp, golden.large.gp]);
    expect(told[1]?.sensitivity).toMatchObject({ riskGuardrail: "warn", guardrails: { account: "ok" } });
    expect(breakEven).toEqual(golden.breakEven);
    expect(unitCosts.every(({ basis, source }) => basis === "assumed" && source !== "")).toBe(true);
    expect(catalogue).toMatchObject({ version: 1 });
    // With the seats and add-ons of the small one.
    expect(crossovers.map(({ from, to }) => [from, to])).toEqual([
      ["standard", "pro"],
      ["pro", "enterprise"],
    ]);
    expect(licence.tenants).toBe(40);
    expect(licence.levels.map(({ level }) => level)).toEqual(["business", "priority", "dedicated"]);
    // It goes over the wire as it is.
    expect(JSON.parse(JSON.stringify(told))).toEqual(told);
  });

  it("says of a month beyond its plan only that it needs a larger one", async () => {
    const beyond = { ...scenarioUsage("mid"), plan: "standard" as const };
    const { months: told } = await analysePricing(await operating("conductor_admin"), { months: [beyond] });
    expect(told).toMatchObject([{ quote: { guardrail: "upgrade_required" }, sensitivity: null }]);
  });

  it.each(ROLES.filter((role) => role !== "conductor_admin"))(
    "is refused to a %s of the operating tenant, with a denial on record",
    async (role) => {
      const ctx = await operating(role);
      await expect(analysePricing(ctx, { months })).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(ctx, "pricing.read");
    },
  );

  it("is refused to every role of another tenant, and tells no figure with it", async () => {
    const { as } = await tenantWith(db.database, [...ROLES]);
    for (const role of ROLES) {
      const refusal = await analysePricing(as[role], { months }).catch((error: unknown) => error);
      expect(refusal).toMatchObject({ code: "Forbidden" });
      const { message, details } = refusal as { message: string; details: unknown };
      expect(message + JSON.stringify(details)).not.toMatch(/\$|cogs|gmBp|floor/i);
    }
  });

  it.each([
    ["no month", []],
    ["six months", [...months, ...months, ...months]],
    ["a month that is none", [{ ...scenarioUsage("mid"), runs: -1 }]],
  ])("refuses %s", async (_what, given) => {
    const admin = await operating("conductor_admin");
    await expect(analysePricing(admin, { months: given })).rejects.toMatchObject({ code: "Invalid" });
  });
});
