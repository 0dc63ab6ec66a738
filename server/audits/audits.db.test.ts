import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq, sql } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditChecks, audits, findings, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { listEvidence } from "@/server/evidence";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { tenantWith } from "@/server/testing/actors";
import { beginAudit, CHECKS, endAudit, runCheck } from "./index";

const db = useTestDatabase();

async function setting() {
  const { as } = await tenantWith(db.database, ["tenant_admin"]);
  const { tenantId } = as.tenant_admin;
  const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "audits-")));
  const base = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), blobs };
  const job = { ...base, actor: "job:run-audit" };
  const inTenant = <T>(read: Parameters<typeof withTenant<T>>[1]) => withTenant(job, read);
  const audit = async () => {
    const auditId = await beginAudit(job);
    for (const { id } of CHECKS) await runCheck(job, auditId, id);
    return { auditId, ...(await endAudit(job, auditId)) };
  };
  const found = () => inTenant((tx) => tx.select().from(findings).where(eq(findings.tenantId, tenantId)));
  return { tenantId, job, inTenant, audit, found };
}

describe("an audit", () => {
  it("is one at a time, and keeps a report and what each check found", async () => {
    const { tenantId, job, inTenant, audit } = await setting();
    expect(await beginAudit(job)).toBe(await beginAudit(job));
    const { auditId, verdict } = await audit();
    const [row] = await inTenant((tx) => tx.select().from(audits).where(eq(audits.id, auditId)));
    const items = await inTenant((tx) => listEvidence(tx, tenantId, { kinds: ["audit-report"] }));
    expect(items.map(({ digest }) => digest)).toEqual([row?.reportDigest]);
    expect(row?.verdict).toBe(verdict);
    const checks = await inTenant((tx) => tx.select().from(auditChecks).where(eq(auditChecks.auditId, auditId)));
    expect(checks.map(({ state }) => state)).not.toContain("waiting");
  });

  it("that was cut short is no pass", async () => {
    const { job } = await setting();
    const auditId = await beginAudit(job);
    expect((await endAudit(job, auditId)).verdict).toBe("unknown");
  });

  it("files what cannot be told as a finding, once however many audits see it", async () => {
    const { audit, found } = await setting();
    await audit();
    const first = await found();
    expect(first.find(({ key }) => key === "slos-counted")).toMatchObject({
      severity: "medium",
      status: "open",
      times: 1,
    });
    await audit();
    const second = await found();
    expect(second).toHaveLength(first.length);
    expect(second.find(({ key }) => key === "slos-counted")).toMatchObject({ times: 2 });
  });

  it("opens a closed finding again when its gap is back, and says so in the record", async () => {
    const { tenantId, inTenant, audit, found } = await setting();
    await audit();
    const own = and(eq(findings.tenantId, tenantId), eq(findings.key, "slos-counted"));
    await inTenant((tx) =>
      tx
        .update(findings)
        .set({ status: "closed", closedAt: sql`now()`, closedBy: "x" })
        .where(own),
    );
    await audit();
    const again = (await found()).find(({ key }) => key === "slos-counted");
    expect(again).toMatchObject({ status: "reopened", closedAt: null, closedBy: null });
    const left = await inTenant((tx) => tx.select().from(receipts).where(eq(receipts.tenantId, tenantId)));
    expect(left.filter(({ action }) => action === "finding.reopen").map(({ subject }) => subject)).toEqual([
      `finding:${again?.id}`,
    ]);
  });
});
