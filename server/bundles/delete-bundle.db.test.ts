import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bundles, evidenceItems } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { collectKind, deploymentOf } from "@/server/collectors";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { type BlobStore, localBlobStore } from "@/server/platform/blob-store";
import { env } from "@/server/platform/env";
import { headSigningKey } from "@/server/platform/keys";
import { verifyChains } from "@/server/receipts";
import { tenantWith } from "@/server/testing/actors";
import { eventsOf, expectReceipt } from "@/server/testing/records";
import {
  BUNDLES_KEPT_DAYS,
  buildRequested,
  deleteBundle,
  forgetBundles,
  getBundle,
  removeUnnamedFiles,
  requestBundle,
} from "./index";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
let home: string;
let blobs: BlobStore;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "deleted-"));
  blobs = localBlobStore(home);
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function setting() {
  const { as } = await tenantWith(db.database, ["tenant_admin", "read_only", "operator"]);
  const { tenantId } = as.tenant_admin;
  const place = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), blobs };
  const job = { ...place, env: env(), actor: "job:tests" };
  const [from, to] = [-DAY_MS, DAY_MS].map((ms) => new Date(Date.now() + ms).toISOString());
  const ask = () => requestBundle(as.tenant_admin, { from: from ?? "", to: to ?? "" });
  const files = () => blobs.list(`bundles/${tenantId}/`);
  const built = async () => {
    await collectKind(
      { ...job, deployment: deploymentOf(env()), actor: "job:collect-evidence" },
      "policy-snapshot",
      newId("request"),
    );
    const { bundleId } = await ask();
    expect(await buildRequested(job, bundleId)).toBe("ready");
    return bundleId;
  };
  return { as, admin: as.tenant_admin, tenantId, job, ask, files, built };
}

describe("deleting a bundle", () => {
  it("takes the bundle and then its file, leaves receipt and event, and all that it was made of", async () => {
    const { as, admin, tenantId, job, files, built } = await setting();
    const bundleId = await built();
    const { digest } = await getBundle(as.read_only, { bundleId });
    const items = () =>
      withTenant(admin, (tx) => tx.select().from(evidenceItems).where(eq(evidenceItems.tenantId, tenantId)));
    const [kept, evidence] = [await items(), await blobs.list(`evidence/${tenantId}/`)];
    expect([await files(), kept.length]).toEqual([[`bundles/${tenantId}/${digest ?? ""}.zip`], 1]);

    await deleteBundle(admin, { bundleId });
    await expectReceipt(admin, "bundle.delete", `bundle:${bundleId}`);
    const told = (await eventsOf(db.ownerUrl, tenantId)).filter(({ name }) => name === "bundle.deleted");
    expect(told.map(({ payload }) => payload)).toEqual([{ tenantId, bundleId }]);
    await expect(getBundle(admin, { bundleId })).rejects.toMatchObject({ code: "NotFound" });
    expect(await removeUnnamedFiles(job)).toBe(1);
    expect(await files()).toEqual([]);
    expect([await items(), await blobs.list(`evidence/${tenantId}/`)]).toEqual([kept, evidence]);
  });

  it("is for those who may export evidence, and finds no other tenant's", async () => {
    const [mine, theirs] = [await setting(), await setting()];
    const bundleId = await mine.built();
    for (const lesser of [mine.as.operator, mine.as.read_only])
      await expect(deleteBundle(lesser, { bundleId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(deleteBundle(theirs.admin, { bundleId })).rejects.toMatchObject({ code: "NotFound" });
    expect(await removeUnnamedFiles(mine.job)).toBe(0);
    expect(await mine.files()).toHaveLength(1);
  });

  it("waits for one that is being built, and is done once when two ask", async () => {
    const { admin, job, ask, files, built } = await setting();
    const bundleId = await built();
    const open = await ask();
    await expect(deleteBundle(admin, open)).rejects.toMatchObject({ code: "Conflict" });
    const both = await Promise.allSettled([deleteBundle(admin, { bundleId }), deleteBundle(admin, { bundleId })]);
    expect(both.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    expect(await removeUnnamedFiles(job)).toBeNull();
    expect(await files()).toHaveLength(1);
    await buildRequested(job, open.bundleId);
    expect(await removeUnnamedFiles(job)).toBe(1);
    expect(await files()).toHaveLength(1);
  });

  it("keeps the file while another bundle is the same", async () => {
    const { admin, tenantId, job, files, built } = await setting();
    const bundleId = await built();
    const twin = newId("bundle");
    await withTenant(admin, async (tx) => {
      const own = and(eq(bundles.tenantId, tenantId), eq(bundles.id, bundleId));
      const [row] = await tx.select().from(bundles).where(own);
      if (row !== undefined) await tx.insert(bundles).values({ ...row, id: twin });
    });
    await deleteBundle(admin, { bundleId });
    expect([await removeUnnamedFiles(job), (await files()).length]).toEqual([0, 1]);
    await deleteBundle(admin, { bundleId: twin });
    expect([await removeUnnamedFiles(job), await files()]).toEqual([1, []]);
  });

  it("comes by itself once a bundle is old enough, with a receipt, and not a day before", async () => {
    const { admin, job, files, built } = await setting();
    const bundleId = await built();
    const after = (days: number) => ({ ...job, clock: { now: () => new Date(Date.now() + days * DAY_MS) } });
    expect(await forgetBundles(after(BUNDLES_KEPT_DAYS - 1))).toBe(0);
    expect(await getBundle(admin, { bundleId })).toMatchObject({ status: "ready" });
    expect(await forgetBundles(after(BUNDLES_KEPT_DAYS + 1))).toBe(1);
    await expectReceipt(admin, "bundle.delete", `bundle:${bundleId}`);
    expect(await removeUnnamedFiles(job)).toBe(1);
    expect(await files()).toEqual([]);
    const key = headSigningKey(env().CONDUCTOR_SECRET);
    expect(await verifyChains({ ...job, key })).toMatchObject({ verdict: "ok" });
  });
});
