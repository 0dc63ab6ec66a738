import { describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import { getStatusPage, noteIncident, openIncident, publishIncident, setStatusPage, tellStakeholders } from "./index";
import { readStatusPage } from "./status-page";

const db = useTestDatabase();

async function setUp() {
  const { as, tenant } = await tenantWith(db.database, ["tenant_admin", "operator"]);
  const open = (title: string) => openIncident(as.operator, { title, severity: "sev2", summary: "An inner summary" });
  return { as, tenant, open, read: () => readStatusPage(tenant.slug, db.database) };
}

describe("the status page", () => {
  it("is there once it is switched on, by an administrator, with a receipt, and gone when it is off", async () => {
    const { as, tenant, read } = await setUp();
    await expect(read()).rejects.toMatchObject({ code: "NotFound", message: "No such status page." });
    await expect(setStatusPage(as.operator, { isOn: true })).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.operator, "tenant.update");
    await setStatusPage(as.tenant_admin, { isOn: true });
    await expectReceipt(as.tenant_admin, "status_page.set", `tenant:${tenant.tenantId}`);
    expect(await read()).toEqual({ name: tenant.slug, incidents: [] });
    expect(await getStatusPage(as.operator, {})).toEqual({ isOn: true, path: `/status/${tenant.slug}` });
    await setStatusPage(as.tenant_admin, { isOn: false });
    await expect(read()).rejects.toMatchObject({ code: "NotFound" });
  });

  it("takes one of two who switch it on at once", async () => {
    const { as } = await setUp();
    const both = await Promise.allSettled([1, 2].map(() => setStatusPage(as.tenant_admin, { isOn: true })));
    const refused = both.filter((one) => one.status === "rejected");
    expect(refused.map(({ reason }) => (reason as { code: string }).code)).toEqual(["Conflict"]);
  });

  it("shows incidents that were made public with their public updates, and nothing else of the tenant", async () => {
    const { as, open, read } = await setUp();
    const other = await setUp();
    for (const { tenant_admin: admin } of [as, other.as]) await setStatusPage(admin, { isOn: true });
    const { incidentId } = await open("Shown");
    await open("Hidden title");
    await noteIncident(as.operator, { incidentId, text: "An inner note" });
    await tellStakeholders(as.operator, { incidentId, text: "An inner update" });
    await tellStakeholders(as.operator, { incidentId, text: "We are on it.", isPublic: true });
    await publishIncident(as.operator, { incidentId, isPublic: true });
    const page = await read();
    expect(page.incidents).toMatchObject([
      { id: incidentId, title: "Shown", status: "open", updates: [{ text: "We are on it." }] },
    ]);
    expect(JSON.stringify(page)).not.toMatch(/inner|Hidden|example\.test/);
    expect((await other.read()).incidents).toEqual([]);
    await publishIncident(as.operator, { incidentId, isPublic: false });
    expect((await read()).incidents).toEqual([]);
  });

  it.each(["nobody-has-this", "../acme", "x".repeat(300), newId("tenant")])("is none for %s", async (slug) => {
    await expect(readStatusPage(slug, db.database)).rejects.toMatchObject({ code: "NotFound" });
  });
});
