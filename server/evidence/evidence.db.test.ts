import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { expectReceipt } from "@/server/testing/records";
import { type EvidenceKind, keepEvidence, latestEvidence, listEvidence, readEvidence, storeEvidence } from "./index";

const db = useTestDatabase();

async function setting() {
  const folder = mkdtempSync(path.join(tmpdir(), "evidence-"));
  const { tenantId } = await makeTenant(db.database);
  const blobs = localBlobStore(folder);
  const keep = async (at: string, text: string, source: string, kind: EvidenceKind = "sbom") => {
    const stored = await storeEvidence({ blobs }, tenantId, Buffer.from(text));
    const ctx = { tenantId, clock: fixedClock(new Date(at)), newId, requestId: newId("request"), actor: "system" };
    const about = { kind, subject: "release", title: "Release", fileName: "sbom.json", mediaType: "application/json" };
    return withTenant({ database: db.database, tenantId }, (tx) =>
      keepEvidence(tx, ctx, { ...about, ...stored, coversFrom: null, coversTo: null, facts: {}, source }),
    );
  };
  return { folder, tenantId, blobs, keep };
}

describe("evidence", () => {
  it("is kept under its digest, with a receipt, and read as it was", async () => {
    const { tenantId, blobs, keep } = await setting();
    const kept = await keep("2026-03-01T10:00:00Z", "one", "job:a");
    const [item] = await withTenant({ database: db.database, tenantId }, (tx) => listEvidence(tx, tenantId, {}));
    expect(item).toMatchObject({ id: kept?.id, kind: "sbom", bytes: 3, subject: "release" });
    expect(Buffer.from(await readEvidence({ blobs }, tenantId, item?.digest ?? "")).toString()).toBe("one");
    await expectReceipt({ database: db.database, tenantId }, "evidence.collect", `evidence:${kept?.id ?? ""}`);
  });

  it("collects nothing twice of one source, and again of the next", async () => {
    const { tenantId, keep } = await setting();
    expect(await keep("2026-03-01T10:00:00Z", "one", "job:a")).not.toBeNull();
    expect(await keep("2026-03-01T10:00:01Z", "one", "job:a")).toBeNull();
    expect(await keep("2026-03-02T10:00:00Z", "one", "job:b")).not.toBeNull();
    const items = await withTenant({ database: db.database, tenantId }, (tx) => listEvidence(tx, tenantId, {}));
    expect(items.map(({ source }) => source)).toEqual(["job:a", "job:b"]);
  });

  it("is listed by kind and period, and the latest of each", async () => {
    const { tenantId, keep } = await setting();
    await keep("2026-03-01T10:00:00Z", "one", "job:a");
    await keep("2026-03-02T10:00:00Z", "two", "job:b");
    await keep("2026-03-02T11:00:00Z", "three", "job:b", "drift-report");
    const [from, to] = [new Date("2026-03-02T00:00:00Z"), new Date("2026-03-02T11:00:00Z")];
    await withTenant({ database: db.database, tenantId }, async (tx) => {
      expect((await listEvidence(tx, tenantId, { from, to })).map(({ source }) => source)).toEqual(["job:b"]);
      expect(await listEvidence(tx, tenantId, { kinds: ["drift-report"] })).toHaveLength(1);
      const latest = await latestEvidence(tx, tenantId, {});
      expect(latest.map(({ kind, source }) => [kind, source])).toEqual([
        ["drift-report", "job:b"],
        ["sbom", "job:b"],
      ]);
    });
  });

  it("is refused when its bytes were changed since, or are gone", async () => {
    const { folder, tenantId, blobs, keep } = await setting();
    await keep("2026-03-01T10:00:00Z", "one", "job:a");
    const [item] = await withTenant({ database: db.database, tenantId }, (tx) => listEvidence(tx, tenantId, {}));
    const digest = item?.digest ?? "";
    writeFileSync(path.join(folder, "evidence", tenantId, digest), "other");
    await expect(readEvidence({ blobs }, tenantId, digest)).rejects.toMatchObject({ code: "Unavailable" });
    await expect(readEvidence({ blobs }, tenantId, "0".repeat(64))).rejects.toMatchObject({ code: "Unavailable" });
  });
});
