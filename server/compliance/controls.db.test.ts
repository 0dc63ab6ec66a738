import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { withTenant } from "@/db/tenancy";
import { makeTenant } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { keepEvidence, listEvidence } from "@/server/evidence";
import { fixedClock, systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { localBlobStore } from "@/server/platform/blob-store";
import { memberContext, tenantWith } from "@/server/testing/actors";
import { askControls, controlStatuses, getControl, getSellSheet, listControls, probeControls } from "./index";

const db = useTestDatabase();

async function setting() {
  const { as } = await tenantWith(db.database, ["tenant_admin", "read_only", "operator"]);
  const { tenantId } = as.tenant_admin;
  const blobs = localBlobStore(mkdtempSync(path.join(tmpdir(), "controls-")));
  const job = { database: db.database, tenantId, clock: systemClock, newId, requestId: newId("request"), blobs };
  return { as, tenantId, job: { ...job, actor: "job:probe-controls" } };
}

describe("the controls of a tenant", () => {
  it("are unknown while nobody looked", async () => {
    const { as } = await setting();
    const { rows, collection } = await listControls(as.read_only, {});
    expect(rows.length).toBeGreaterThanOrEqual(30);
    expect(new Set(rows.map(({ state }) => state))).toEqual(new Set(["unknown"]));
    expect(collection).toBeNull();
  });

  it("are looked at when somebody asks, with how far that is, and what was found stays as evidence", async () => {
    const { as, tenantId, job } = await setting();
    const { collectionId } = await askControls(as.tenant_admin, {});
    expect((await askControls(as.tenant_admin, {})).collectionId).toBe(collectionId);
    expect((await listControls(as.read_only, {})).collection).toMatchObject({ done: 0, endedAt: null });
    await probeControls(job, collectionId);
    const { rows, collection } = await listControls(as.read_only, {});
    expect(collection?.done).toBe(collection?.total);
    expect(collection?.endedAt).not.toBeNull();
    const walls = rows.find(({ id }) => id === "MC-AC-01");
    expect(walls).toMatchObject({ state: "passing", stance: "owned" });
    expect(walls?.why[0]?.factId).toMatch(/^cft_/);
    const items = await withTenant(job, (tx) => listEvidence(tx, tenantId, { kinds: ["control-probes"] }));
    expect(items).toHaveLength(1);
  });

  it("are looked at anew where a look has died, and what it had found is not told as new", async () => {
    const { as, job } = await setting();
    const dead = await askControls(as.tenant_admin, {});
    const later = { ...as.tenant_admin, clock: fixedClock(new Date(Date.now() + 3_600_000)) };
    const next = await askControls(later, {});
    expect(next.collectionId).not.toBe(dead.collectionId);
    expect(await probeControls(job, dead.collectionId)).toEqual({ failing: 0 });
    expect((await getControl(as.read_only, { control: "MC-AC-01" })).history).toEqual([]);
  });

  it("are told as they stood at a moment before", async () => {
    const { tenantId, as, job } = await setting();
    const before = new Date();
    const { collectionId } = await askControls(as.tenant_admin, {});
    await probeControls(job, collectionId);
    const stateAt = async (at: Date) => {
      const { statuses } = await withTenant(job, (tx) => controlStatuses(tx, tenantId, at));
      return statuses.find(({ control }) => control.id === "MC-AC-01")?.state;
    };
    expect([await stateAt(before), await stateAt(new Date())]).toEqual(["unknown", "passing"]);
    expect(await stateAt(new Date(Date.now() + 10 * 86_400_000))).toBe("stale");
  });

  it("fail by evidence that is bad news, and are told what is wrong", async () => {
    const { as, job } = await setting();
    const stateBy = async (source: string, facts: { grade: string; missed: string[] }) => {
      await withTenant(job, (tx) =>
        keepEvidence(tx, job, {
          ...{ kind: "drill-report", subject: source, title: "Incident drill", fileName: "drill.md", source, facts },
          ...{ mediaType: "text/markdown", bytes: 1, digest: "0".repeat(64), coversFrom: null, coversTo: null },
        }),
      );
      const { state, why } = await getControl(as.read_only, { control: "MC-IR-06" });
      return [state, why[0]?.text];
    };
    expect(await stateBy("first", { grade: "passed", missed: [] })).toEqual([
      "passing",
      "drill-report: Incident drill",
    ]);
    expect(await stateBy("next", { grade: "failed", missed: ["resolve"] })).toEqual([
      ...["failing", "drill-report: Incident drill (the drill missed resolve)"],
    ]);
  });

  it("tell each its history and why", async () => {
    const { as, job } = await setting();
    const { collectionId } = await askControls(as.tenant_admin, {});
    await probeControls(job, collectionId);
    const control = await getControl(as.read_only, { control: "MC-AC-01" });
    expect(control.history).toMatchObject([{ probe: "tenant-walls", outcome: "pass" }]);
    expect(control.why).toMatchObject([{ factId: control.history[0]?.id }]);
    await expect(getControl(as.read_only, { control: "MC-AC-99" })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("are looked at by those who may collect evidence, where the plan has the compliance pack", async () => {
    const { as } = await setting();
    await expect(askControls(as.operator, {})).rejects.toMatchObject({ code: "Forbidden" });
    await expect(askControls(as.read_only, {})).rejects.toMatchObject({ code: "Forbidden" });
    const tenant = await makeTenant(db.database, { plan: "standard" });
    const admin = await memberContext(db.database, tenant, { roles: ["tenant_admin"] });
    await expect(askControls(admin, {})).rejects.toMatchObject({ code: "NotEntitled" });
  });
});

describe("the sell-sheet of a tenant", () => {
  it.each([
    ["md", "text/markdown; charset=utf-8", "# Controls"],
    ["pdf", "application/pdf", "%PDF-"],
  ] as const)("is downloaded as %s by who may export evidence, as controls stand now", async (format, type, begin) => {
    const { as } = await setting();
    const { mediaType, base64, fileName } = await getSellSheet(as.tenant_admin, { format });
    const text = Buffer.from(base64, "base64").toString("utf8");
    expect([mediaType, text.startsWith(begin)]).toEqual([type, true]);
    expect(fileName).toMatch(new RegExp(`^controls-.*\\.${format}$`));
    await expect(getSellSheet(as.read_only, { format })).rejects.toMatchObject({ code: "Forbidden" });
  });
});
