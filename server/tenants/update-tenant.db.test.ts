import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt } from "@/server/testing/records";
import { updateTenant } from "./index";

const db = useTestDatabase();

describe("updateTenant", () => {
  it("renames the tenant and leaves a receipt", async () => {
    const { tenant, as } = await tenantWith(db.database, ["tenant_admin"]);
    await updateTenant(as.tenant_admin, { name: "Renamed" });
    await expectReceipt(as.tenant_admin, "tenant.update", `tenant:${tenant.tenantId}`);
  });

  it("refuses an operator, says who could, and puts the denial on record alone", async () => {
    const { as } = await tenantWith(db.database, ["operator"]);
    const attempt = updateTenant(as.operator, { name: "Mine" });
    await expect(attempt).rejects.toMatchObject({
      code: "Forbidden",
      details: { failed: ["role"], whoCould: ["tenant_admin", "conductor_admin"] },
    });
    await expectDenial(as.operator, "tenant.update");
    expect(await countReceipts(as.operator)).toBe(0);
  });
});
