import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { buffer } from "node:stream/consumers";
import { and, eq } from "drizzle-orm";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { bundles, entitlementOverrides } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { collectKind, deploymentOf } from "@/server/collectors";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { expectReceipt } from "@/server/testing/records";
import { buildRequested, getBundle, getBundleFile, giveUpBundle, listBundles, requestBundle } from "./index";
import { partsOf, sha256 } from "./testing/parts";

const db = useTestDatabase();
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "bundles-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));
afterEach(() => vi.restoreAllMocks());

const DAY_MS = 86_400_000;
const lastDay = () => ({
  from: new Date(Date.now() - DAY_MS).toISOString(),
  to: new Date(Date.now() + DAY_MS).toISOString(),
});

async function setting() {
  const { as } = await tenantWith(db.database, ["tenant_admin", "read_only", "operator"]);
  const { tenantId } = as.tenant_admin;
  const job = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), env: env() };
  return { as, tenantId, job, ask: (over = {}) => requestBundle(as.tenant_admin, { ...lastDay(), ...over }) };
}

describe("a bundle that was asked for", () => {
  it("is built off the page, holds what was collected, and is downloaded as it was sealed", async () => {
    const { as, tenantId, job, ask } = await setting();
    const collecting = {
      ...job,
      blobs: blobStoreOf(env()),
      deployment: deploymentOf(env()),
      actor: "job:collect-evidence",
    };
    await collectKind(collecting, "policy-snapshot", "night:1");
    const { bundleId } = await ask();
    expect(await getBundle(as.read_only, { bundleId })).toMatchObject({ status: "requested", digest: null });
    await expect(getBundleFile(as.tenant_admin, { bundleId })).rejects.toMatchObject({ code: "Conflict" });

    expect(await buildRequested(job, bundleId)).toBe("ready");
    const built = await getBundle(as.read_only, { bundleId });
    expect(built).toMatchObject({ status: "ready", completeness: "incomplete", tag: "Conductor Compliance" });
    const { content, digest, fileName } = await getBundleFile(as.tenant_admin, { bundleId });
    const bytes = await buffer(content);
    expect([sha256(bytes), bytes.length]).toEqual([digest, built.bytes]);
    expect(fileName).toMatch(/^conductor-evidence-.*\.zip$/);
    const paths = partsOf(bytes).files.map((file) => file.path);
    expect(paths.filter((file) => file.startsWith("policies/"))).toHaveLength(1);
    await expectReceipt({ database: db.database, tenantId }, "bundle.export", `tenant:${tenantId}`);
  });

  it("leaves out what was collected after it was asked for, and is the same when it is begun again", async () => {
    const { tenantId, job, ask } = await setting();
    const { bundleId } = await ask();
    const collecting = {
      ...job,
      blobs: blobStoreOf(env()),
      deployment: deploymentOf(env()),
      actor: "job:collect-evidence",
    };
    await collectKind(collecting, "policy-snapshot", "night:1");
    await buildRequested(job, bundleId);
    const own = and(eq(bundles.tenantId, tenantId), eq(bundles.id, bundleId));
    const [first] = await withTenant(job, (tx) => tx.select().from(bundles).where(own));
    expect(first?.missing.map(({ what }) => what)).toContain("policy-snapshot");
    const again = { status: "building", digest: null, bytes: null } as const;
    await withTenant(job, (tx) => tx.update(bundles).set(again).where(own));
    await buildRequested(job, bundleId);
    const [second] = await withTenant(job, (tx) => tx.select().from(bundles).where(own));
    expect(second?.digest).toBe(first?.digest);
    expect(await buildRequested(job, bundleId)).toBe("nothing");
  });

  it("comes to the same bytes when a build was killed after it had stored them", async () => {
    const { as, tenantId, job, ask } = await setting();
    const { bundleId } = await ask();
    const blobs = blobStoreOf(env());
    const lose = () => {
      throw new Error("killed");
    };
    const killed = { ...blobs, putFile: (key: string, file: string) => blobs.putFile(key, file).then(lose) };
    await expect(buildRequested({ ...job, blobs: killed }, bundleId)).rejects.toThrow("killed");
    expect(await getBundle(as.read_only, { bundleId })).toMatchObject({ status: "building", digest: null });
    const stored = await blobs.list(`bundles/${tenantId}/`);
    expect(stored).toHaveLength(1);
    expect(await buildRequested({ ...job, requestId: newId("request") }, bundleId)).toBe("ready");
    expect(await blobs.list(`bundles/${tenantId}/`)).toEqual(stored);
  });

  it("says why there is none, when the plan has lost the compliance pack meanwhile", async () => {
    const { as, tenantId, job, ask } = await setting();
    const { bundleId } = await ask();
    await withTenant(job, (tx) =>
      tx.update(entitlementOverrides).set({ plan: "standard" }).where(eq(entitlementOverrides.tenantId, tenantId)),
    );
    expect(await buildRequested(job, bundleId)).toBe("failed");
    const failed = await getBundle(as.read_only, { bundleId });
    expect(failed).toMatchObject({ status: "failed", digest: null });
    expect(failed.fault).toContain("Compliance");
  });

  it("says why there is none, once trying again was of no use", async () => {
    const { as, tenantId, job, ask } = await setting();
    const { bundleId } = await ask();
    await withTenant(job, (tx) => tx.update(bundles).set({ status: "building" }).where(eq(bundles.tenantId, tenantId)));
    await giveUpBundle(job, bundleId, "The disk is full.");
    expect(await getBundle(as.read_only, { bundleId })).toMatchObject({ status: "failed", fault: "The disk is full." });
  });

  it("is asked for by those who may export evidence, for a period that is one", async () => {
    const { as, ask } = await setting();
    await expect(requestBundle(as.operator, lastDay())).rejects.toMatchObject({ code: "Forbidden" });
    await expect(requestBundle(as.read_only, lastDay())).rejects.toMatchObject({ code: "Forbidden" });
    const { from, to } = lastDay();
    await expect(ask({ from: to, to: from })).rejects.toMatchObject({ code: "Invalid" });
    await expect(ask({ from: to, to: "2999-01-01T00:00:00.000Z" })).rejects.toMatchObject({ code: "Invalid" });
    expect((await listBundles(as.read_only, {})).rows).toEqual([]);
  });

  it("is asked for once at a time, until it is there", async () => {
    const { job, ask } = await setting();
    const { bundleId } = await ask();
    await expect(ask()).rejects.toMatchObject({ code: "Conflict" });
    await buildRequested(job, bundleId);
    expect((await ask()).bundleId).not.toBe(bundleId);
  });

  it("is not for a tenant whose plan has no compliance pack", async () => {
    const tenant = await makeTenant(db.database, { plan: "standard" });
    const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
    await expect(requestBundle(admin, lastDay())).rejects.toMatchObject({ code: "NotEntitled" });
  });
});
