import { describe, expect, it } from "vitest";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import { endException, getControl, listControls, recordException } from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
const control = "MC-IR-05";
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS).toISOString();
const gap = { control, reason: "The reports of January are being written.", expiresAt: inDays(30) };

const setting = async () => (await tenantWith(db.database, ["tenant_admin", "read_only", "workflow_reviewer"])).as;

describe("a gap of a control that is accepted", () => {
  it("is shown with who, why and until when, leaves the state as it is, and a receipt", async () => {
    const as = await setting();
    const { exceptionId } = await recordException(as.tenant_admin, gap);
    await expectReceipt(as.tenant_admin, "control_exception.record", `control_exception:${exceptionId}`);
    const shown = await getControl(as.read_only, { control });
    expect(shown).toMatchObject({ state: "unknown", exception: { reason: gap.reason, expiresAt: gap.expiresAt } });
    expect(shown.exceptions).toMatchObject([{ id: exceptionId, state: "in-force", endedAt: null }]);
    expect(shown.exceptions[0]?.by).not.toContain("user:");
    const { rows } = await listControls(as.read_only, {});
    expect(rows.filter(({ exception }) => exception !== null).map(({ id }) => id)).toEqual([control]);
  });

  it("is over on its day by itself, and may then be accepted anew", async () => {
    const as = await setting();
    const { exceptionId } = await recordException(as.tenant_admin, gap);
    const later = fixedClock(new Date(Date.now() + 31 * DAY_MS));
    const shown = await getControl({ ...as.read_only, clock: later }, { control });
    expect(shown).toMatchObject({ exception: null, exceptions: [{ state: "expired" }] });
    const admin = { ...as.tenant_admin, clock: later };
    await expect(endException(admin, { exceptionId })).rejects.toMatchObject({ code: "Conflict" });
    await recordException(admin, { ...gap, expiresAt: inDays(60) });
    const states = (await getControl(admin, { control })).exceptions.map(({ state }) => state);
    expect(states).toEqual(["in-force", "expired"]);
  });

  it("is ended once, before its day, and one is in force at a time", async () => {
    const as = await setting();
    const { exceptionId } = await recordException(as.tenant_admin, gap);
    await expect(recordException(as.tenant_admin, gap)).rejects.toMatchObject({ code: "Conflict" });
    const both = [1, 2].map(() => endException(as.tenant_admin, { exceptionId }));
    const ends = (await Promise.allSettled(both)).map(({ status }) => status).sort();
    expect(ends).toEqual(["fulfilled", "rejected"]);
    await expectReceipt(as.tenant_admin, "control_exception.end", `control_exception:${exceptionId}`);
    expect((await getControl(as.read_only, { control })).exceptions).toMatchObject([{ state: "ended" }]);
    const raced = [1, 2].map(() => recordException(as.tenant_admin, gap));
    expect((await Promise.allSettled(raced)).map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });

  it.each([
    ["a day that is over", { expiresAt: inDays(-1) }, "Invalid"],
    ["a day in more than a year", { expiresAt: inDays(366) }, "Invalid"],
    ["no reason", { reason: "  " }, "Invalid"],
    ["no control of ours", { control: "MC-ZZ-99" }, "NotFound"],
  ])("is refused with %s", async (_what, over, code) => {
    const as = await setting();
    await expect(recordException(as.tenant_admin, { ...gap, ...over })).rejects.toMatchObject({ code });
    expect((await getControl(as.read_only, { control })).exceptions).toEqual([]);
  });

  it("is accepted and ended by administrators, of their own tenant, where the plan has the compliance pack", async () => {
    const [as, others] = [await setting(), await setting()];
    for (const who of [as.read_only, as.workflow_reviewer]) {
      await expect(recordException(who, gap)).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(who, "evidence.collect");
    }
    const { exceptionId } = await recordException(as.tenant_admin, gap);
    await expect(endException(as.read_only, { exceptionId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(endException(others.tenant_admin, { exceptionId })).rejects.toMatchObject({ code: "NotFound" });
    expect((await getControl(others.read_only, { control })).exceptions).toEqual([]);
    const tenant = await makeTenant(db.database, { plan: "standard" });
    const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
    await expect(recordException(admin, gap)).rejects.toMatchObject({ code: "NotEntitled" });
  });
});
