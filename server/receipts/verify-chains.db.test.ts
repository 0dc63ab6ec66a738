import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTestDatabase } from "@/db/testing/test-database";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import { type BlobStore, localBlobStore } from "@/server/platform/blob-store";
import { headSigningKey } from "@/server/platform/keys";
import { updateTenant } from "@/server/tenants";
import { tenantWith } from "@/server/testing/actors";
import type { TenantContext } from "@/server/verb";
import { anchorHeads, verifyChains } from "./index";

const db = useTestDatabase();
const key = headSigningKey("a secret of tests, at least 32 characters long");
let folder: string;
let blobs: BlobStore;
let owner: pg.Client;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "anchors-"));
  blobs = localBlobStore(folder);
  owner = new pg.Client({ connectionString: db.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await rm(folder, { recursive: true, force: true });
});

const anchor = () => anchorHeads({ database: db.database, clock: systemClock, newId, key, blobs });
const verify = (ctx: TenantContext) => verifyChains({ database: db.database, tenantId: ctx.tenantId, blobs, key });

/** A tenant with five receipts and one denial, anchored, then two receipts more; each receipt is of a decision on record. */
async function tenantWithHistory(): Promise<TenantContext> {
  const { as } = await tenantWith(db.database, ["tenant_admin", "operator"]);
  for (let i = 1; i <= 5; i += 1) await updateTenant(as.tenant_admin, { name: `Name ${i}` });
  await updateTenant(as.operator, { name: "Mine" }).catch(() => undefined);
  await anchor();
  for (let i = 6; i <= 7; i += 1) await updateTenant(as.tenant_admin, { name: `Name ${i}` });
  return as.tenant_admin;
}

/** What somebody who holds the database would do: recompute every hash after an edit, so that the chain itself holds. */
async function rewrite(tenantId: string, from: number): Promise<void> {
  const { rows } = await owner.query<Record<string, string>>(
    "select id, seq, at, actor, action, subject, body, previous_hash from receipts where tenant_id = $1 and seq >= $2 order by seq",
    [tenantId, from],
  );
  const { contentDigest, linkHash } = await import("./domain/link");
  let previous = rows[0]?.previous_hash ?? "";
  for (const row of rows) {
    const { id = "", actor = "", action = "", subject = "" } = row;
    const content = { tenantId, id, at: new Date(row.at ?? "").toISOString(), actor, action, subject };
    const hash = linkHash(
      previous,
      Number(row.seq),
      contentDigest({ ...content, body: JSON.parse(row.body ?? "") as Json }),
    );
    await owner.query("update receipts set hash = $1, previous_hash = $2 where tenant_id = $3 and seq = $4", [
      hash,
      previous,
      tenantId,
      row.seq,
    ]);
    previous = hash;
  }
}

describe("verifyChains", () => {
  it("accepts an honest history and counts what no anchor vouches for yet", async () => {
    expect(await verify(await tenantWithHistory())).toEqual({
      ...{ verdict: "ok", receipts: 7, decisions: 8, anchors: 1, unanchored: 4, faults: [] },
    });
  });

  it("anchors a grown chain once", async () => {
    const ctx = await tenantWithHistory();
    expect(await anchor()).toContain(ctx.tenantId);
    expect(await anchor()).not.toContain(ctx.tenantId);
    expect(await readdir(path.join(folder, "anchors", ctx.tenantId))).toHaveLength(2);
    expect(await verify(ctx)).toMatchObject({ verdict: "ok", anchors: 2, unanchored: 0 });
  });

  const attacks: [string, (tenantId: string) => Promise<unknown>, string][] = [
    [
      "an edited receipt",
      (id) => owner.query("update receipts set subject = 'tenant:other' where tenant_id = $1 and seq = 3", [id]),
      "receipts: changed-content at 3",
    ],
    [
      "an edited body",
      (id) => owner.query(`update receipts set body = '{"detail":null}' where tenant_id = $1 and seq = 2`, [id]),
      "receipts: changed-content at 2",
    ],
    [
      "a removed receipt",
      (id) => owner.query("delete from receipts where tenant_id = $1 and seq = 4", [id]),
      "receipts: gap at 4",
    ],
    [
      "two receipts swapped",
      async (id) => {
        await owner.query("update receipts set seq = -2 where tenant_id = $1 and seq = 2", [id]);
        await owner.query("update receipts set seq = 2 where tenant_id = $1 and seq = 3", [id]);
        await owner.query("update receipts set seq = 3 where tenant_id = $1 and seq = -2", [id]);
      },
      "receipts: broken-link at 2",
    ],
    [
      "a tail cut off behind the anchor",
      (id) => owner.query("delete from receipts where tenant_id = $1 and seq >= 5", [id]),
      "receipts: cut off",
    ],
    [
      "a history rewritten with every hash recomputed",
      async (id) => {
        await owner.query("update receipts set actor = 'user:nobody' where tenant_id = $1 and seq = 2", [id]);
        await rewrite(id, 2);
      },
      "receipts: rewritten at or before 5",
    ],
    [
      "a denial that was removed",
      (id) => owner.query("delete from decisions where tenant_id = $1", [id]),
      "decisions: cut off",
    ],
  ];
  it.each(attacks)("finds %s", async (_what, attack, expected) => {
    const ctx = await tenantWithHistory();
    await attack(ctx.tenantId);
    const verdict = await verify(ctx);
    expect(verdict.verdict).toBe("refused");
    expect(verdict.faults.join("\n")).toContain(expected);
  });

  it("refuses an anchor that another key signed", async () => {
    const ctx = await tenantWithHistory();
    const other = headSigningKey("another secret, also at least 32 characters long");
    const verdict = await verifyChains({ database: db.database, tenantId: ctx.tenantId, blobs, key: other });
    expect(verdict.faults.join()).toContain("unknown key");
  });
});
