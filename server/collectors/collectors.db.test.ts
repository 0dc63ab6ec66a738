import { createPublicKey } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { driftChecks, remediationTasks } from "@/db/schema";
import { withSystem, withTenant } from "@/db/tenancy";
import { type MadeTenant, makeTenant } from "@/db/testing/factories";
import { TEST_SECRET } from "@/db/testing/cluster";
import { useTestDatabase } from "@/db/testing/test-database";
import { ALL_ACTIONS, ROLES } from "@/policies/access/vocabulary";
import { verifyBundle } from "@/policies/compile/bundle";
import { closeAccessReview } from "@/server/access-reviews";
import { makeCampaign } from "@/server/access-reviews/testing/campaign";
import { type EvidenceKind, listEvidence, readEvidence } from "@/server/evidence";
import { moveIncident, openIncident } from "@/server/incidents";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { parseEnv } from "@/server/platform/env";
import { bundleSigningKey } from "@/server/platform/keys";
import { ensureSlos } from "@/server/slos";
import { memberContext } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { COLLECTED_KINDS, collectKind, deploymentOf, keepRelease, listCollecting } from "./index";

const db = useTestDatabase();
const HOUR = 3_600_000;

async function setting({ of, ...options }: { plan?: "standard"; of?: MadeTenant } = {}) {
  const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "collectors-")));
  const tenant = of ?? (await makeTenant(db.database, options));
  const { tenantId } = tenant;
  const deployment = { ...deploymentOf(parseEnv({ CONDUCTOR_SECRET: TEST_SECRET })), revision: "r1" };
  const begun = Date.now();
  const collect = (kind: EvidenceKind, occasion: string, hours = 0) =>
    collectKind(
      {
        ...{ database: db.database, tenantId, blobs, deployment, newId, requestId: newId("request") },
        ...{ clock: fixedClock(new Date(begun + 60_000 + hours * HOUR)), actor: "job:collect-evidence" },
      },
      kind,
      occasion,
    );
  const items = (kind: EvidenceKind) =>
    withTenant({ database: db.database, tenantId }, (tx) => listEvidence(tx, tenantId, { kinds: [kind] }));
  const bytesOf = async (item: { digest: string } | undefined) =>
    Buffer.from(await readEvidence({ blobs }, tenantId, item?.digest ?? ""));
  const documentOf = async (kind: EvidenceKind) => (await bytesOf((await items(kind)).at(-1))).toString("utf8");
  return { tenant, tenantId, blobs, collect, items, bytesOf, documentOf };
}

type Setting = Awaited<ReturnType<typeof setting>>;

const reviewedBy = async ({ tenant }: Setting) => ({
  workflow_author: await memberContext(db.database, tenant, { roles: ["workflow_author"] }),
  workflow_reviewer: await memberContext(db.database, tenant, { roles: ["workflow_reviewer"] }),
});

describe("collected evidence", () => {
  it("holds the policy that decides, and how it differs from the pack that is shipped", async () => {
    const to = await setting();
    expect(await to.collect("policy-snapshot", "night:1")).toBe(1);
    expect(await to.collect("simulation-report", "night:1")).toBe(1);
    const policy = JSON.parse(await to.documentOf("policy-snapshot")) as { revision: string; clauses: unknown[] };
    expect(policy.revision).toContain("conductor-governance-saas@");
    expect(policy.clauses.length).toBeGreaterThan(0);
    expect((await to.items("policy-snapshot"))[0]?.facts).toMatchObject({ revision: policy.revision, byOnePerson: 0 });
    expect(JSON.parse(await to.documentOf("simulation-report"))).toMatchObject({
      ...{ verdict: "nowhere looser", newlyAllowed: [], revision: policy.revision },
    });
  });

  it("holds the policy as a bundle that another engine verifies and asks, once a month", async () => {
    const to = await setting();
    expect(await to.collect("policy-bundle", "night:1")).toBe(1);
    const [item] = await to.items("policy-bundle");
    const { revision, policy, tests, publicKey } = item?.facts as Record<string, string | number>;
    const archive = Buffer.from(await readEvidence(to, to.tenantId, item?.digest ?? ""));
    expect(verifyBundle(archive, createPublicKey(String(publicKey))).revision).toBe(revision);
    expect(bundleSigningKey(TEST_SECRET).publicKey.export({ format: "pem", type: "spki" })).toBe(publicKey);
    expect(String(revision)).toContain(`${policy}#`);
    expect(tests).toBe(ROLES.length * ALL_ACTIONS.length);
    expect(await to.collect("policy-bundle", "night:next-month", 31 * 24)).toBe(1);
  });

  it("tells of each whole month all incidents that were opened, and that there was none", async () => {
    const to = await setting();
    expect(await to.collect("incident-report", "night:1")).toBe(0);
    const twoMonths = 62 * 24;
    expect(await to.collect("incident-report", "night:2", twoMonths)).toBe(1);
    expect(await to.collect("incident-report", "night:3", twoMonths)).toBe(0);
    const [item] = await to.items("incident-report");
    expect(item).toMatchObject({ facts: { opened: 0, closed: 0 }, fileName: `incidents-${item?.subject ?? ""}.json` });
  });

  it("tells of a month in which nothing was published, and of no shorter time", async () => {
    const to = await setting();
    expect(await to.collect("change-sample", "night:1")).toBe(1);
    expect((await to.items("change-sample"))[0]?.facts).toMatchObject({ population: { size: 0 }, sample: 0 });
    expect(await to.collect("change-sample", "night:2", 24)).toBe(0);
    expect(await to.collect("change-sample", "night:29", 29 * 24)).toBe(1);
  });

  it("leaves no moment out: a collection begins before the one before ended, and one repeated keeps nothing", async () => {
    const to = await setting();
    await to.collect("policy-snapshot", "night:1");
    expect(await to.collect("policy-snapshot", "night:1", 1)).toBe(0);
    expect(await to.collect("policy-snapshot", "night:2", 24)).toBe(1);
    const [first, second] = await to.items("policy-snapshot");
    expect(second?.coversFrom?.getTime()).toBeLessThan(first?.coversTo?.getTime() ?? 0);
  });

  it("shows of each published version who wrote and who reviewed it", async () => {
    const to = await setting();
    const people = await reviewedBy(to);
    const { versionId } = await makePublished(people);
    expect(await to.collect("change-sample", "night:1", 1)).toBe(1);
    const { items, population } = JSON.parse(await to.documentOf("change-sample")) as {
      items: { versionId: string; contributors: string[]; reviews: { verdict: string; reviewerId: string }[] }[];
      population: { size: number };
    };
    expect(population.size).toBe(1);
    expect(items).toMatchObject([{ versionId, reviews: [{ verdict: "approved" }] }]);
    expect(items[0]?.contributors).not.toContain(items[0]?.reviews[0]?.reviewerId);
    expect((await to.items("change-sample"))[0]?.facts).toMatchObject({ sample: 1, withoutOtherReviewer: 0 });
    expect(await to.collect("change-sample", "night:2", 25)).toBe(0);
  });

  it("holds a closed incident with its timeline, once, and none that is open", async () => {
    const to = await setting();
    const responder = await memberContext(db.database, to.tenant, { roles: ["tenant_admin"] });
    const { incidentId } = await openIncident(responder, { title: "Orders are late", severity: "sev3" });
    expect(await to.collect("incident-report", "night:1")).toBe(0);
    await moveIncident(responder, { incidentId, fromStatus: "open", toStatus: "resolved" });
    await moveIncident(responder, { incidentId, fromStatus: "resolved", toStatus: "closed" });
    expect(await to.collect("incident-report", "night:1", 1)).toBe(1);
    expect(await to.collect("incident-report", "night:2", 24)).toBe(0);
    const report = JSON.parse(await to.documentOf("incident-report")) as { timeline: unknown[] };
    expect(report).toMatchObject({ id: incidentId, title: "Orders are late" });
    expect(report.timeline.length).toBeGreaterThan(0);
    expect((await to.items("incident-report"))[0]?.facts).toMatchObject({ entries: report.timeline.length });
  });

  it("says of a review of access that was closed how many were left undecided, and whether it was late", async () => {
    const to = await setting();
    const { owner, open, tenant } = await makeCampaign(db.database);
    const { reviewId } = await open();
    await closeAccessReview(owner.ctx, { reviewId, isIncomplete: true });
    const its = await setting({ of: tenant });
    expect(await its.collect("access-review", "night:1", 1)).toBe(1);
    const [item] = await its.items("access-review");
    expect(item).toMatchObject({ subject: reviewId, facts: { undecided: 4, isLate: false } });
    expect(await to.collect("access-review", "night:1", 1)).toBe(0);
  });

  it("holds every objective with what it counted, and pictures that name the data they are drawn from", async () => {
    const to = await setting();
    expect(await to.collect("slo-capture", "night:1")).toBe(0);
    await ensureSlos({ database: db.database, clock: fixedClock(new Date()), newId });
    expect(await to.collect("slo-capture", "night:1")).toBe(3);
    expect(await to.collect("slo-capture", "night:1")).toBe(0);
    const kept = await to.items("slo-capture");
    const [data, svg, png] = ["json", "svg", "png"].map((type) =>
      kept.find(({ fileName }) => fileName === `objectives.${type}`),
    );
    const capture = JSON.parse((await to.bytesOf(data)).toString("utf8")) as {
      items: { spec: object }[];
      objectives: number;
      query: { url: string };
    };
    expect(capture.items).toHaveLength(capture.objectives);
    expect(capture.objectives).toBeGreaterThan(1);
    expect(capture.query.url).toMatch(/^http:.*\/t\/.+\/slos$/);
    for (const item of kept) expect(item.facts).toMatchObject({ objectives: capture.objectives, behind: 0 });
    for (const item of [svg, png]) {
      const drawn = (await to.bytesOf(item)).toString("latin1");
      for (const said of [data?.digest ?? "none", capture.query.url, data?.collectedAt.toISOString() ?? "never"])
        expect(drawn).toContain(said);
    }
  });

  it("names the receipts of the time and says nothing of those before", async () => {
    const to = await setting();
    await makePublished(await reviewedBy(to));
    expect(await to.collect("receipt-range", "night:1", 1)).toBe(1);
    const [item] = await to.items("receipt-range");
    const { first, last } = item?.facts as { first: number; last: number };
    expect(first).toBe(1);
    expect(await to.collect("receipt-range", "night:2", 25)).toBe(1);
    expect((await to.items("receipt-range")).at(-1)?.facts).toMatchObject({ first: last + 1 });
  });

  it("holds what was kept of the release that runs, and nothing for one of which nothing was", async () => {
    const to = await setting();
    expect(await to.collect("sbom", "night:1")).toBe(0);
    expect(await keepRelease(to.blobs, "r1", "sbom", Buffer.from("{}"))).toBe("kept");
    expect(await keepRelease(to.blobs, "r1", "sbom", Buffer.from("another"))).toBe("known");
    expect(await keepRelease(to.blobs, "r2", "provenance", Buffer.from("of another release"))).toBe("kept");
    expect(await to.collect("sbom", "night:2")).toBe(1);
    expect(await to.collect("provenance", "night:2")).toBe(0);
    expect(await to.documentOf("sbom")).toBe("{}");
    // It stands for as long as the release runs: the same is kept once a month, which a night is no reason for.
    const nights = await Promise.all([24, 48].map((hours) => to.collect("sbom", `night:${hours}`, hours)));
    expect(nights.reduce((sum, kept) => sum + kept, 0)).toBeLessThan(2);
    expect(await to.collect("sbom", "night:next-month", 31 * 24)).toBe(1);
  });

  it("is collected for tenants whose plan has the compliance pack", async () => {
    const [has, lacks] = [await setting(), await setting({ plan: "standard" })];
    const collecting = await listCollecting({ database: db.database, clock: fixedClock(new Date()) });
    expect(collecting).toContain(has.tenantId);
    expect(collecting).not.toContain(lacks.tenantId);
  });

  it("says when the deployment was last compared with what it should be, and what differs here", async () => {
    const to = await setting();
    const ctx = { database: db.database, tenantId: to.tenantId };
    await withSystem(ctx, "detect-drift", (tx) =>
      tx
        .insert(driftChecks)
        .values({ id: "last", checkedAt: new Date(), tookMs: 5, differences: 1, fault: null })
        .onConflictDoNothing(),
    );
    await withTenant(ctx, (tx) =>
      tx.insert(remediationTasks).values({
        ...{ tenantId: to.tenantId, id: newId("remediation"), kind: "pack", key: "pack:x", title: "A pack differs" },
        ...{ expected: "a", found: "b", undoRuns: "sql", undo: "select 1", dueAt: new Date(), openedAt: new Date() },
      }),
    );
    expect(await to.collect("drift-report", "night:1")).toBe(1);
    expect(JSON.parse(await to.documentOf("drift-report"))).toMatchObject({
      differences: [{ title: "A pack differs" }],
    });
    expect((await to.items("drift-report"))[0]).toMatchObject({ title: "1 open", facts: { open: 1 } });
  });

  it("fails at no kind for a tenant in which nothing has happened", async () => {
    const to = await setting();
    const kept = [];
    for (const kind of COLLECTED_KINDS) if ((await to.collect(kind, "night:1")) > 0) kept.push(kind);
    expect(kept).toEqual(expect.arrayContaining(["policy-snapshot", "simulation-report"]));
    for (const kind of ["drill-report", "incident-report", "access-review", "sbom"] as const)
      expect(kept).not.toContain(kind);
  });
});
