import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bundles, controlCollections, controlFacts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { recordException } from "@/server/compliance";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import { getTrustPage, publishTrustPage, withdrawTrustPage } from "./index";
import { readTrustPage } from "./read-trust-page";

const db = useTestDatabase();
const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "trust-")));

async function setting() {
  const { as, tenant } = await tenantWith(db.database, ["tenant_admin", "read_only", "operator"]);
  const begun = Date.now();
  const read = (seconds = 0) =>
    readTrustPage(tenant.slug, unique("address"), {
      database: db.database,
      blobs,
      clock: fixedClock(new Date(begun + seconds * 1_000)),
    });
  return { as, tenant, read };
}

/** A look that found a wall down, and a bundle that was sealed; in that order. */
async function found({ as }: Awaited<ReturnType<typeof setting>>) {
  const { tenantId } = as.tenant_admin;
  const [collectionId, at] = [newId("controlCollection"), new Date(Date.now() - 1_000)];
  await withTenant(as.tenant_admin, async (tx) => {
    await tx.insert(controlCollections).values({
      ...{ tenantId, id: collectionId, askedBy: "system", askedAt: at, endedAt: at, catalogue: "1", done: 1, total: 1 },
    });
    await tx.insert(controlFacts).values({
      ...{ tenantId, id: newId("controlFact"), collectionId, control: "MC-AC-01", probe: "tenant-walls" },
      ...{ outcome: "fail", reason: "An inner reason.", facts: { inner: true }, observedAt: at },
    });
    const sealed = { tenantId, tag: "Conductor Compliance" as const, status: "ready" as const, missing: [], bytes: 1 };
    const asked = { periodFrom: at, periodTo: at, asOf: at, requestedBy: "user:inner", requestedAt: at, endedAt: at };
    const [whole, dry] = ["a".repeat(64), "b".repeat(64)];
    const own = { ...sealed, ...asked, completeness: "incomplete" as const };
    await tx.insert(bundles).values({ ...own, id: newId("bundle"), isDryRun: false, digest: whole });
    await tx.insert(bundles).values({ ...own, id: newId("bundle"), isDryRun: true, digest: dry });
  });
  await recordException(as.tenant_admin, {
    ...{ control: "MC-AC-01", reason: "An inner excuse.", expiresAt: new Date(Date.now() + 86_400_000).toISOString() },
  });
}

describe("the trust page", () => {
  it("is there once an administrator publishes it, with a receipt, and gone for everybody when it is withdrawn", async () => {
    const { as, tenant, read } = await setting();
    await expect(read()).rejects.toMatchObject({ code: "NotFound", message: "No such trust page." });
    await publishTrustPage(as.tenant_admin, {});
    await expectReceipt(as.tenant_admin, "trust_page.publish", `tenant:${tenant.tenantId}`);
    expect(await getTrustPage(as.read_only, {})).toEqual({ isOn: true, path: `/trust/${tenant.slug}` });
    expect((await read()).controls.length).toBeGreaterThan(30);
    await withdrawTrustPage(as.tenant_admin, {});
    await expectReceipt(as.tenant_admin, "trust_page.withdraw", `tenant:${tenant.tenantId}`);
    await expect(read()).rejects.toMatchObject({ code: "NotFound", message: "No such trust page." });
  });

  it("tells how controls stand, keys and the last bundle, and nothing of why or who", async () => {
    const [side, other] = [await setting(), await setting()];
    await found(side);
    for (const { as } of [side, other]) await publishTrustPage(as.tenant_admin, {});
    const page = await side.read();
    expect(page.controls.find(({ id }) => id === "MC-AC-01")).toMatchObject({ state: "failing", stance: "owned" });
    expect(page.sealed).toMatchObject({ digest: "a".repeat(64), completeness: "incomplete" });
    expect(page.keys).toHaveLength(1);
    const text = JSON.stringify(page);
    expect(text).not.toMatch(/inner|user:|@|ten_|cft_|cex_|bnd_|"why"|"owner"/);
    expect(Object.keys(page.controls[0] ?? {}).sort()).toEqual([
      ...["id", "iso27001", "seenAt", "soc2", "stance", "state", "title"],
    ]);
    expect((await other.read()).sealed).toBeNull();
    expect((await other.read()).controls.every(({ state }) => state !== "failing")).toBe(true);
  });

  it("is read again after a minute, and by many at once in one look", async () => {
    const side = await setting();
    await publishTrustPage(side.as.tenant_admin, {});
    const pages = await Promise.all([side.read(), side.read(30)]);
    expect(pages[1].at).toBe(pages[0].at);
    await found(side);
    const state = async (seconds: number) =>
      (await side.read(seconds)).controls.find(({ id }) => id === "MC-AC-01")?.state;
    expect([await state(59), await state(61)]).toEqual(["unknown", "failing"]);
  });

  it("takes one of two who publish it at once", async () => {
    const { as } = await setting();
    const both = await Promise.allSettled([1, 2].map(() => publishTrustPage(as.tenant_admin, {})));
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await withdrawTrustPage(as.tenant_admin, {});
    await expect(withdrawTrustPage(as.tenant_admin, {})).rejects.toMatchObject({ code: "Conflict" });
  });

  it("is published by administrators, where the plan has the compliance pack", async () => {
    const { as } = await setting();
    for (const who of [as.read_only, as.operator]) {
      await expect(publishTrustPage(who, {})).rejects.toMatchObject({ code: "Forbidden" });
      await expectDenial(who, "evidence.export");
    }
    await expect(getTrustPage(as.operator, {})).rejects.toMatchObject({ code: "Forbidden" });
    const tenant = await makeTenant(db.database, { plan: "standard" });
    const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
    await expect(publishTrustPage(admin, {})).rejects.toMatchObject({ code: "NotEntitled" });
  });

  it("is read by one address no more than 60 times at once, whatever slug it asks for, and by others still", async () => {
    const { as, tenant } = await setting();
    await publishTrustPage(as.tenant_admin, {});
    const deps = { database: db.database, blobs, clock: fixedClock(new Date()) };
    const address = unique("address");
    const tries = await Promise.allSettled(
      Array.from({ length: 200 }, (_, nth) => readTrustPage(nth % 2 === 0 ? tenant.slug : "nobody", address, deps)),
    );
    const codes = tries.map((one) => (one.status === "fulfilled" ? "read" : (one.reason as { code: string }).code));
    const limited = codes.filter((code) => code === "LimitReached").length;
    // One more a second is granted while they run.
    expect(limited).toBeGreaterThan(0);
    expect(limited).toBeLessThanOrEqual(140);
    const next = readTrustPage(tenant.slug, unique("address"), deps);
    expect((await next).controls.length).toBeGreaterThan(30);
  });

  it.each(["nobody-has-this", "../acme", "x".repeat(300), newId("tenant")])("is none for %s", async (slug) => {
    const deps = { database: db.database, blobs, clock: fixedClock(new Date()) };
    await expect(readTrustPage(slug, unique("address"), deps)).rejects.toMatchObject({
      code: "NotFound",
      message: "No such trust page.",
    });
  });
});
