import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundles } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { TEST_SECRET } from "@/db/testing/cluster";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { bundleDeleted, BUNDLES_KEPT_DAYS } from "@/server/bundles";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { blobStoreOf } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { expectReceipt } from "@/server/testing/records";
import { pump } from "../engine";
import { quietClient, workbench } from "../engine/testing/workbench";
import { forgetBundlesEachNight, removeBundleFiles } from "./forget-bundles";

const db = useTestDatabase();
const DAY_MS = 86_400_000;
let home: string;
beforeAll(async () => {
  home = await mkdtemp(path.join(tmpdir(), "forgotten-"));
});
afterAll(() => rm(home, { recursive: true, force: true }));

async function setting() {
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, CONDUCTOR_HOME: home });
  const [{ tenantId }, blobs] = [await makeTenant(db.database), blobStoreOf(env)];
  const place = { database: db.database, tenantId };
  const keep = async (digest: string, daysAgo: number) => {
    const [id, at] = [newId("bundle"), new Date(Date.now() - daysAgo * DAY_MS)];
    await blobs.put(`bundles/${tenantId}/${digest}.zip`, Buffer.from(digest));
    await withTenant(place, (tx) =>
      tx.insert(bundles).values({
        ...{ tenantId, id, tag: "Conductor Compliance", isDryRun: false, status: "ready", digest, bytes: 1 },
        ...{ periodFrom: at, periodTo: at, asOf: at, missing: [], requestedBy: "system", requestedAt: at },
      }),
    );
    return id;
  };
  const files = async () => (await blobs.list(`bundles/${tenantId}/`)).map((key) => key.split("/").at(-1));
  const client = quietClient();
  return {
    tenantId,
    place,
    blobs,
    keep,
    files,
    deps: { client, database: db.database, clock: systemClock, newId, env },
  };
}

it("each night takes bundles that are old enough, with their files and those that nobody names", async () => {
  const { tenantId, place, blobs, keep, files, deps } = await setting();
  const old = await keep("a".repeat(64), BUNDLES_KEPT_DAYS + 1);
  await keep("b".repeat(64), BUNDLES_KEPT_DAYS - 1);
  await blobs.put(`bundles/${tenantId}/${"c".repeat(64)}.zip`, Buffer.from("of nobody"));
  const bench = workbench(db);
  const engine = await bench.engine(deps.client, [forgetBundlesEachNight(deps)]);
  bench.advance(DAY_MS);
  await pump(engine);
  expect(await bench.runs("conductor-forget-bundles")).toMatchObject([
    { status: "completed", result: { bundles: 1, files: 2 } },
  ]);
  await expectReceipt(place, "bundle.delete", `bundle:${old}`);
  expect(await files()).toEqual([`${"b".repeat(64)}.zip`]);
});

it("takes the file of a bundle as soon as it is told that it was deleted", async () => {
  const { tenantId, blobs, keep, files, deps } = await setting();
  await keep("d".repeat(64), 1);
  await blobs.put(`bundles/${tenantId}/${"e".repeat(64)}.zip`, Buffer.from("deleted"));
  const bench = workbench(db);
  const engine = await bench.engine(deps.client, [removeBundleFiles(deps)]);
  await bench.publish(bundleDeleted.name, { tenantId, bundleId: newId("bundle") }, tenantId);
  await pump(engine);
  expect(await bench.runs("conductor-remove-bundle-files")).toMatchObject([
    { status: "completed", result: { removed: 1 } },
  ]);
  expect(await files()).toEqual([`${"d".repeat(64)}.zip`]);
});
