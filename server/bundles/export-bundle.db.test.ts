import { generateKeyPairSync } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, desc, eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { receipts } from "@/db/schema";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { withTenant } from "@/db/tenancy";
import { collectKind, deploymentOf } from "@/server/collectors";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { updateTenant } from "@/server/tenants";
import { tenantWith } from "@/server/testing/actors";
import { exportBundle, sealingKeys } from "./index";
import { type Sources, sourcesOf } from "./sources";
import { partsOf, sha256 } from "./testing/parts";
import { verdictsOf } from "./testing/verifiers";

const db = useTestDatabase();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "export-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const DAY_MS = 86_400_000;
const soFar = () => ({ from: new Date(Date.now() - DAY_MS), to: new Date(Date.now() + 1_000) });

function contextOf(tenantId: string) {
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: db.ownerUrl });
  const blobs = localBlobStore(path.join(folder, "blobs"));
  const call = { database: db.database, clock: systemClock, newId, requestId: newId("request") };
  return { ...call, tenantId, actor: "system", env, blobs };
}

async function tenantWithReceipts() {
  const { as } = await tenantWith(db.database, ["tenant_admin"]);
  for (const name of ["One", "Two", "Three"]) await updateTenant(as.tenant_admin, { name });
  return as.tenant_admin;
}

/** Changes rows as whoever holds the database could: past the triggers and the walls. */
async function asOwner(statement: string, tenantId: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    await client.query("set session_replication_role = replica");
    await client.query(statement, [tenantId]);
  } finally {
    await client.end();
  }
}

const ask = { tag: "Conductor Compliance", isDryRun: false } as const;
const linesOf = (bundle: Buffer) => {
  const text =
    partsOf(bundle)
      .files.find((file) => file.path === "ledger/range.jsonl")
      ?.content.toString() ?? "";
  return text
    .split("\n")
    .slice(0, -1)
    .map((line) => JSON.parse(line) as { content: { action: string }; hash: string; previousHash: string });
};

describe("exporting a bundle", () => {
  it("seals the tenant's own receipts under a signed head, and leaves a receipt with the file's digest", async () => {
    const other = await tenantWithReceipts();
    const { tenantId } = await tenantWithReceipts();
    const target = path.join(folder, "one.zip");
    const built = await exportBundle(contextOf(tenantId), { ...ask, ...soFar() }, target);
    const bundle = await readFile(target);
    expect(sha256(bundle)).toBe(built.digest);
    expect((await verdictsOf("mjs", [target])).verdicts[0]?.verdict).toBe("incomplete");
    const lines = linesOf(bundle);
    expect(lines.map(({ content }) => content.action)).toEqual(["tenant.update", "tenant.update", "tenant.update"]);
    expect(lines[1]?.previousHash).toBe(lines[0]?.hash);
    expect(bundle.includes(other.tenantId)).toBe(false);
    expect(bundle.includes(TEST_SECRET)).toBe(false);
    const head =
      partsOf(bundle)
        .files.find((file) => file.path === "ledger/head.json")
        ?.content.toString() ?? "";
    expect(JSON.parse(head)).toMatchObject({ receiptSeq: 3, receiptHash: lines[2]?.hash });
    const [left] = await withTenant({ database: db.database, tenantId }, (tx) =>
      tx
        .select()
        .from(receipts)
        .where(and(eq(receipts.tenantId, tenantId), eq(receipts.action, "bundle.export")))
        .orderBy(desc(receipts.seq)),
    );
    expect(left?.body).toMatchObject({ detail: { digest: built.digest, completeness: "incomplete" } });
  });

  it("seals nothing of a chain that does not hold, and says everywhere where it breaks", async () => {
    const { tenantId } = await tenantWithReceipts();
    const target = path.join(folder, "broken.zip");
    await asOwner(`update receipts set body = '{"detail":{"forged":true}}' where tenant_id = $1 and seq = 2`, tenantId);
    const built = await exportBundle(contextOf(tenantId), { ...ask, ...soFar() }, target);
    const why = "the chain of receipts does not hold: changed-content at 2";
    expect(built.completeness).toBe("incomplete");
    expect(built.missing).toContainEqual({ what: "ledger", why });
    const { files } = partsOf(await readFile(target));
    expect(files.filter((file) => file.path.startsWith("ledger/"))).toEqual([]);
    for (const name of ["README.md", "manifest.json", "viewer/index.html"])
      expect(files.find((file) => file.path === name)?.content.toString()).toContain(why);
    expect((await verdictsOf("mjs", [target])).verdicts[0]?.verdict).toBe("incomplete");
  });

  it.each([
    ["a receipt taken out", "delete from receipts where tenant_id = $1 and seq = 2", /gap at 2/],
    ["the end cut off", "delete from receipts where tenant_id = $1 and seq = 3", /cut off after 2/],
    ["a head of a rewritten chain", `update signed_heads set signature = 'x' where tenant_id = $1`, /does not hold/],
    ["a head of another key", `update signed_heads set key_id = 'x' where tenant_id = $1`, /the unknown key x/],
  ])("names %s", async (_, damage, why) => {
    const { tenantId } = await tenantWithReceipts();
    const ctx = contextOf(tenantId);
    const period = { from: new Date(Date.now() - DAY_MS), to: new Date() };
    const [first, second] = [path.join(folder, `${newId("bundle")}.zip`), path.join(folder, `${newId("bundle")}.zip`)];
    expect((await exportBundle(ctx, { ...ask, ...period }, first)).missing.map(({ what }) => what)).not.toContain(
      "ledger",
    );
    await asOwner(damage, tenantId);
    const { missing } = await exportBundle(ctx, { ...ask, ...period }, second);
    expect(missing.find(({ what }) => what === "ledger")?.why).toMatch(why);
  });

  it.each([
    [
      "a row without its receipt",
      "delete from receipts where tenant_id = $1 and action = 'evidence.collect'",
      /no receipt/,
    ],
    ["a receipt whose row is gone", "delete from evidence_items where tenant_id = $1", /is gone/],
    ["a row whose digest was changed", "update evidence_items set digest = 'x' where tenant_id = $1", /another digest/],
    ["a row moved to another kind", "update evidence_items set kind = 'sbom' where tenant_id = $1", /another kind/],
    ["a row of another subject", "update evidence_items set subject = 'x' where tenant_id = $1", /something else/],
  ])("leaves out and names %s", async (_, damage, why) => {
    const { tenantId } = await tenantWithReceipts();
    const ctx = contextOf(tenantId);
    await collectKind({ ...ctx, deployment: deploymentOf(ctx.env) }, "policy-snapshot", "night:1");
    await asOwner(damage, tenantId);
    const target = path.join(folder, `${newId("bundle")}.zip`);
    const { missing, completeness } = await exportBundle(ctx, { ...ask, ...soFar() }, target);
    expect(completeness).toBe("incomplete");
    expect(missing.map((gap) => gap.why)).toContainEqual(expect.stringMatching(why));
    const { files } = partsOf(await readFile(target));
    expect(files.filter((file) => file.path.startsWith("policies/"))).toEqual([]);
  });

  it("reads the state of the controls once, so that no two parts say different things", async () => {
    const { tenantId } = await tenantWithReceipts();
    const ctx = contextOf(tenantId);
    let reads = 0;
    const own = sourcesOf(ctx);
    const sources: Sources = {
      ...own,
      controls: (at, from) => {
        reads += 1;
        return own.controls(at, from);
      },
    };
    await exportBundle({ ...ctx, sources }, { ...ask, ...soFar() }, path.join(folder, "once.zip"));
    expect(reads).toBe(1);
  });

  it("gives the same bytes again for a period that has passed, and other keys under another secret", async () => {
    const { tenantId } = await tenantWithReceipts();
    const period = { from: new Date(Date.now() - DAY_MS), to: new Date() };
    const [first, second, third] = ["a.zip", "b.zip", "c.zip"].map((name) => path.join(folder, name));
    const ctx = contextOf(tenantId);
    await exportBundle(ctx, { ...ask, ...period }, first ?? "");
    await updateTenant((await tenantWithReceipts()) satisfies { tenantId: string }, { name: "Elsewhere" });
    await exportBundle(ctx, { ...ask, ...period }, second ?? "");
    expect((await readFile(first ?? "")).equals(await readFile(second ?? ""))).toBe(true);
    const rotated = { ...ctx.env, CONDUCTOR_SECRET: `${TEST_SECRET} rotated`, CONDUCTOR_SECRET_PREVIOUS: TEST_SECRET };
    await exportBundle({ ...ctx, env: rotated }, { ...ask, ...period }, third ?? "");
    const keys = partsOf(await readFile(third ?? "")).files.filter((file) => file.path.startsWith("verify/keys/"));
    expect(keys.length).toBe(4);
  });

  it("cuts for a customer under the root of the whole, and says so in its receipt", async () => {
    const { tenantId } = await tenantWithReceipts();
    const period = { from: new Date(Date.now() - DAY_MS), to: new Date() };
    const [whole, cut] = [path.join(folder, "whole.zip"), path.join(folder, "cut.zip")];
    const ctx = contextOf(tenantId);
    expect(await exportBundle(ctx, { ...ask, ...period }, whole)).toMatchObject({ withheld: 0 });
    const { withheld, digest } = await exportBundle(ctx, { ...ask, ...period, cut: "customer" }, cut);
    const [all, some] = [partsOf(await readFile(whole)).files, partsOf(await readFile(cut)).files];
    const rootOf = (files: typeof all) => files.find((file) => file.path === "manifest.dsse.json")?.content.toString();
    expect([rootOf(some), some.length]).toEqual([rootOf(all), all.length - withheld + 2]);
    expect(some.map((file) => file.path)).not.toContain("ledger/range.jsonl");
    const [last] = await withTenant(ctx, (tx) =>
      tx
        .select()
        .from(receipts)
        .where(and(eq(receipts.tenantId, tenantId), eq(receipts.action, "bundle.export")))
        .orderBy(desc(receipts.seq))
        .limit(1),
    );
    expect(last?.body).toMatchObject({ detail: { cut: "customer", withheld, digest } });
  });

  it("gives out no key that is not what its name in the store says", async () => {
    const { tenantId } = await tenantWithReceipts();
    const { env, blobs } = contextOf(tenantId);
    const pem = generateKeyPairSync("ed25519").publicKey.export({ format: "pem", type: "spki" }).toString();
    await blobs.put("evidence-keys/0123456789abcdef.pem", Buffer.from(pem, "latin1"));
    await blobs.put("evidence-keys/fedcba9876543210.pem", Buffer.from("no key", "latin1"));
    const names = (await sealingKeys(env, blobs)).map(({ keyId }) => keyId);
    expect(names).not.toContain("0123456789abcdef");
    expect(names).not.toContain("fedcba9876543210");
    expect(names.length).toBeGreaterThan(0);
  });

  it("refuses a period that is none, and leaves no file", async () => {
    const { tenantId } = await tenantWithReceipts();
    const target = path.join(folder, "refused", "out.zip");
    const { from, to } = soFar();
    await expect(exportBundle(contextOf(tenantId), { ...ask, from: to, to: from }, target)).rejects.toMatchObject({
      code: "Invalid",
    });
    expect(await readdir(folder)).not.toContain("refused");
  });
});
