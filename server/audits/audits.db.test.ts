import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { and, eq } from "drizzle-orm";
import { describe, expect, it } from "vitest";
import { auditChecks, audits, bundles, evidenceItems, findings, receipts } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { REHEARSAL_ROLE, makeRehearsalRole } from "@/db/rehearsal-role";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { listEvidence, readEvidence } from "@/server/evidence";
import { systemClock } from "@/server/kernel/clock";
import { must } from "@/server/kernel/errors";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { type Env, parseEnv } from "@/server/platform/env";
import { databasePassword } from "@/server/platform/keys";
import { tenantWith } from "@/server/testing/actors";
import { countReceipts, expectDenial, expectReceipt, recordedEvents } from "@/server/testing/records";
import {
  askAudit,
  beginWeekly,
  CHECKS,
  endAudit,
  getAudit,
  listAudited,
  listAudits,
  runCheck,
  sealAudit,
} from "./index";

const db = useTestDatabase();
const HOUR_MS = 3_600_000;

async function setting(plan: "enterprise" | "standard" = "enterprise") {
  const { as } = await tenantWith(
    db.database,
    ["tenant_admin", "read_only"],
    systemClock,
    plan === "standard" ? { plan } : {},
  );
  const { tenantId } = as.tenant_admin;
  const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "audits-")));
  const env = parseEnv({ CONDUCTOR_SECRET: TEST_SECRET, DATABASE_URL: db.ownerUrl });
  const base = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), blobs, env };
  const job = { ...base, actor: "job:run-audit" };
  const inTenant = <T>(read: Parameters<typeof withTenant<T>>[1]) => withTenant(job, read);
  const audit = async () => {
    const auditId = await beginWeekly(job, job.actor);
    for (const { id } of CHECKS) await runCheck(job, auditId, id);
    return { auditId, ...must(await endAudit(job, auditId), "it had not ended") };
  };
  const found = () => inTenant((tx) => tx.select().from(findings).where(eq(findings.tenantId, tenantId)));
  return { as, tenantId, job, inTenant, audit, found };
}

describe("an audit", () => {
  it("is one at a time, and keeps a report of what each check found", async () => {
    const { as, tenantId, job, inTenant, audit } = await setting();
    expect(await beginWeekly(job, job.actor)).toBe(await beginWeekly(job, job.actor));
    const { auditId, verdict, digest } = await audit();
    expect(await endAudit(job, auditId)).toBeNull();
    const items = await inTenant((tx) => listEvidence(tx, tenantId, { kinds: ["audit-report"] }));
    expect(items.map((item) => item.digest)).toEqual([digest]);
    const report = JSON.parse(Buffer.from(await readEvidence(job, tenantId, digest)).toString("utf8")) as unknown;
    expect(report).toMatchObject({ audit: auditId, verdict, checks: CHECKS.map(({ id }) => ({ check: id })) });
    const seen = await getAudit(as.read_only, { auditId });
    expect(seen).toMatchObject({ verdict, reportDigest: digest, done: CHECKS.length, total: CHECKS.length });
    expect(seen.checks.find(({ id }) => id === "record")?.found).toContainEqual(
      expect.objectContaining({ key: "record-append-only", outcome: "pass" }),
    );
  });

  it("does not wait for its own report", async () => {
    const { as, audit } = await setting();
    const { checks } = await getAudit(as.read_only, { auditId: (await audit()).auditId });
    const keys = checks.find(({ id }) => id === "supported-controls")?.found.map(({ key }) => key) ?? [];
    expect(keys).toContain("MC-SC-01");
    expect(keys).not.toContain("MC-AS-03");
  });

  it("that was cut short is no pass", async () => {
    const { job } = await setting();
    const auditId = await beginWeekly(job, job.actor);
    expect(await endAudit(job, auditId)).toMatchObject({ verdict: "unknown", findings: 0 });
  });

  it("that died does not keep another from beginning", async () => {
    const { job, inTenant } = await setting();
    const dead = await beginWeekly(job, job.actor);
    const startedAt = new Date(Date.now() - 2 * HOUR_MS);
    await inTenant((tx) => tx.update(audits).set({ startedAt }).where(eq(audits.id, dead)));
    expect(await beginWeekly(job, job.actor)).not.toBe(dead);
    const [row] = await inTenant((tx) => tx.select().from(audits).where(eq(audits.id, dead)));
    expect(row).toMatchObject({ verdict: "unknown", reportDigest: null });
  });

  it("files what cannot be told as a finding with an owner and a day, once however many audits see it", async () => {
    const { as, audit, found } = await setting();
    const { digest } = await audit();
    const first = await found();
    const { principal } = as.tenant_admin;
    expect(first.find(({ key }) => key === "slos-counted")).toMatchObject({
      ...{ severity: "low", status: "open", times: 1, ownerId: principal.id, evidenceDigest: digest },
    });
    expect(first.map(({ number }) => number).toSorted((a, b) => a - b)).toEqual(first.map((_, nth) => nth + 1));
    await audit();
    const second = await found();
    expect(second.filter(({ key }) => first.some((row) => row.key === key))).toHaveLength(first.length);
    expect(second.find(({ key }) => key === "slos-counted")).toMatchObject({ times: 2 });
  });

  it("opens a closed finding again when its gap is back, and says so in the record", async () => {
    const { tenantId, inTenant, audit, found } = await setting();
    await audit();
    const own = and(eq(findings.tenantId, tenantId), eq(findings.key, "slos-counted"));
    const closed = { status: "closed", closedAt: new Date(), closedBy: "user:x" } as const;
    await inTenant((tx) => tx.update(findings).set(closed).where(own));
    await audit();
    const again = (await found()).find(({ key }) => key === "slos-counted");
    expect(again).toMatchObject({ status: "reopened", closedAt: null, closedBy: null });
    const left = await inTenant((tx) => tx.select().from(receipts).where(eq(receipts.tenantId, tenantId)));
    expect(left.filter(({ action }) => action === "finding.reopen").map(({ subject }) => subject)).toEqual([
      `finding:${again?.id}`,
    ]);
  });

  it("rehearses a restore, and does not take an older one for it where there is nowhere to", async () => {
    const { as, job } = await setting();
    const readiness = async (env: Env) => {
      const auditId = await beginWeekly(job, job.actor);
      for (const { id } of CHECKS) await runCheck({ ...job, env }, auditId, id);
      await endAudit(job, auditId);
      const { checks } = await getAudit(as.read_only, { auditId });
      return checks.find(({ id }) => id === "dr-readiness");
    };
    const REHEARSAL_DATABASE_URL = await makeRehearsalRole(db.ownerUrl, databasePassword(TEST_SECRET, REHEARSAL_ROLE));
    const rehearsed = await readiness({ ...job.env, REHEARSAL_DATABASE_URL });
    expect(rehearsed).toMatchObject({
      state: "pass",
      found: [{ key: "backup-restored" }, { key: "recovery-in-time" }],
    });
    const nowhere = await readiness(job.env);
    expect(nowhere).toMatchObject({ state: "unknown", found: [{ outcome: "unknown" }, { outcome: "unknown" }] });
    expect(nowhere?.found[0]?.reason).toMatch(/nowhere to rehearse/);
  });

  it("finds evidence that is too old", async () => {
    const { tenantId, job, inTenant, audit, found } = await setting();
    const collectedAt = new Date(job.clock.now().getTime() - 390 * 24 * HOUR_MS);
    const stored = { bytes: 1, digest: "0".repeat(64), facts: { components: 3 }, source: "old", collectedAt };
    const about = {
      kind: "sbom",
      subject: "release",
      title: "SBOM",
      fileName: "sbom.json",
      mediaType: "json",
    } as const;
    await inTenant((tx) => tx.insert(evidenceItems).values({ tenantId, id: newId("evidence"), ...about, ...stored }));
    await audit();
    expect((await found()).filter(({ title }) => title.startsWith("Does not hold"))).toContainEqual(
      expect.objectContaining({ key: "MC-SC-01", checkId: "supported-controls", severity: "medium" }),
    );
  });

  it("is sealed into one bundle of its own tag", async () => {
    const { tenantId, job, inTenant, audit } = await setting();
    const { auditId } = await audit();
    const bundleId = await sealAudit(job, auditId);
    expect(await sealAudit(job, auditId)).toBe(bundleId);
    const rows = await inTenant((tx) => tx.select().from(bundles).where(eq(bundles.tenantId, tenantId)));
    expect(rows.map(({ id, tag }) => ({ id, tag }))).toEqual([{ id: bundleId, tag: "Conductor_Internal_Audit" }]);
    expect(await recordedEvents(db.ownerUrl, tenantId)).toContain("bundle.requested");
  });
});

describe("asking for an audit", () => {
  it("begins one, leaves a receipt and an event, and gives the one that is under way", async () => {
    const { as, tenantId, inTenant } = await setting();
    const { auditId } = await askAudit(as.tenant_admin, {});
    await expectReceipt(as.tenant_admin, "audit.ask", `audit:${auditId}`);
    expect(await askAudit(as.tenant_admin, {})).toEqual({ auditId });
    expect((await recordedEvents(db.ownerUrl, tenantId)).filter((name) => name === "audit.due")).toHaveLength(1);
    expect((await listAudits(as.read_only, {})).rows).toMatchObject([{ id: auditId, verdict: null, done: 0 }]);
    const waiting = await inTenant((tx) => tx.select().from(auditChecks).where(eq(auditChecks.auditId, auditId)));
    expect(new Set(waiting.map(({ state }) => state))).toEqual(new Set(["waiting"]));
  });

  it("is refused to who only reads, which is put on record", async () => {
    const { as } = await setting();
    await expect(askAudit(as.read_only, {})).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(as.read_only, "audit.run");
    expect(await countReceipts(as.read_only)).toBe(0);
  });

  it("is refused to a plan without it, which is not audited each week either", async () => {
    const { as, tenantId } = await setting("standard");
    await expect(askAudit(as.tenant_admin, {})).rejects.toMatchObject({ code: "NotEntitled" });
    const other = await setting();
    const audited = await listAudited({ database: db.database, clock: systemClock });
    expect([audited.includes(tenantId), audited.includes(other.tenantId)]).toEqual([false, true]);
  });

  it("finds no audit of another tenant", async () => {
    const [mine, other] = [await setting(), await setting()];
    const { auditId } = await askAudit(other.as.tenant_admin, {});
    await expect(getAudit(mine.as.tenant_admin, { auditId })).rejects.toMatchObject({ code: "NotFound" });
  });
});
