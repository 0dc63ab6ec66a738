import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { digestText } from "@/server/kernel/json";
import { localBlobStore } from "@/server/platform/blob-store";
import { headSigningKey } from "@/server/platform/keys";
import { updateTenant } from "@/server/tenants";
import { tenantWith } from "@/server/testing/actors";
import { anchorHeads, getReceipt } from "./index";

const db = useTestDatabase();
let owner: pg.Client;
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "anchors-"));
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await rm(folder, { recursive: true, force: true });
});

async function threeReceipts() {
  const { tenant, as } = await tenantWith(db.database, ["tenant_admin", "read_only"]);
  for (const name of ["One", "Two", "Three"]) await updateTenant(as.tenant_admin, { name });
  return { tenant, admin: as.tenant_admin, viewer: as.read_only };
}

describe("getReceipt", () => {
  it("gives everything its hash is made of, so that a stranger can compute it again", async () => {
    const { viewer } = await threeReceipts();
    const [first, second] = [await getReceipt(viewer, { seq: 1 }), await getReceipt(viewer, { seq: 2 })];
    expect(second).toMatchObject({ seq: 2, action: "tenant.update", previousHash: first.hash, fault: null });
    expect(JSON.parse(second.content)).toMatchObject({ id: second.id, actor: second.actor, body: second.body });
    expect(digestText(second.content)).toBe(second.contentDigest);
    expect(digestText(`${second.previousHash}:2:${second.contentDigest}`)).toBe(second.hash);
    expect([first.fault, first.hasNext, (await getReceipt(viewer, { seq: 3 })).hasNext]).toEqual([null, true, false]);
  });

  it("answers a place that the chain has not reached as missing", async () => {
    const { viewer } = await threeReceipts();
    await expect(getReceipt(viewer, { seq: 4 })).rejects.toMatchObject({ code: "NotFound" });
    await expect(getReceipt(viewer, { seq: Number.MAX_SAFE_INTEGER })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("says since when a signed head vouches for it", async () => {
    const { viewer } = await threeReceipts();
    expect((await getReceipt(viewer, { seq: 3 })).signedAt).toBeNull();
    const key = headSigningKey("a secret of tests, at least 32 characters long");
    const blobs = localBlobStore(folder);
    await anchorHeads({ database: db.database, clock: systemClock, newId, key, blobs });
    const { signedAt } = await getReceipt(viewer, { seq: 3 });
    expect((await getReceipt(viewer, { seq: 1 })).signedAt).toBe(signedAt);
    expect(signedAt).not.toBeNull();
  });

  it.each([
    ["changed-content", "update receipts set actor = 'user:nobody' where tenant_id = $1 and seq = 2"],
    ["broken-link", "update receipts set previous_hash = 'sha256:other' where tenant_id = $1 and seq = 2"],
    ["gap", "delete from receipts where tenant_id = $1 and seq = 1"],
  ])("says %s where the chain no longer holds", async (fault, attack) => {
    const { tenant, viewer } = await threeReceipts();
    await owner.query(attack, [tenant.tenantId]);
    expect((await getReceipt(viewer, { seq: 2 })).fault).toBe(fault);
  });
});
