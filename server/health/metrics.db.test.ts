import { expect, it } from "vitest";
import { quotaHits } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { pauseTenant } from "@/server/holds";
import { must } from "@/server/kernel/errors";
import { startRun } from "@/server/runs";
import { tenantWith } from "@/server/testing/actors";
import { makePublished } from "@/server/testing/workflows";
import { metricsText } from "./domain/metrics-text";
import { markProcess, runningCode } from "@/server/drift";
import { acknowledgeIncident, openIncident } from "@/server/incidents";
import { countEvents, judgeSlos } from "@/server/slos";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { readMetrics } from "./metrics";

const db = useTestDatabase();

it("counts runs of all tenants by class and by what they wait for, and names no tenant", async () => {
  const { as, tenant } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"]);
  const { workflowId } = await makePublished(as);
  const start = (executionClass?: "low") =>
    startRun(as.operator, { workflowId, input: { order: "1" }, executionClass });
  await start("low");
  await pauseTenant(as.operator, { reason: "Why" });
  for (let time = 0; time < 2; time += 1) await start();
  const text = metricsText(await readMetrics(db.database));
  expect(text).toContain('conductor_runs_queued{class="low",reason="worker"} 1\n');
  expect(text).toContain('conductor_runs_queued{class="standard",reason="pause"} 2\n');
  expect(text).toContain('conductor_runs_running{class="standard"} 0\n');
  expect(text).toContain('conductor_quota_reached_total{quota="queued_runs"} 0\n');
  expect(text).toMatch(/^conductor_engine_calls_due 0$/m);
  expect(text).toMatch(/^conductor_engine_oldest_due_seconds 0$/m);
  expect(text).not.toContain(tenant.tenantId);
});

it("tells runs that wait for a place of their tenant from those that wait for a worker", async () => {
  const [full, other] = await Promise.all(
    [1, 2].map(() => tenantWith(db.database, ["workflow_author", "workflow_reviewer", "operator"])),
  );
  for (const each of [full, other]) {
    const { as } = must(each, "both were made");
    const { workflowId } = await makePublished(as, { execution_class: "bulk" });
    await startRun(as.operator, { workflowId, input: { order: "1" } });
  }
  await withSystem(db, "watch-quotas", (tx) =>
    tx.insert(quotaHits).values({ tenantId: full?.tenant.tenantId ?? "", quota: "concurrent_runs", hitAt: new Date() }),
  );
  const text = metricsText(await readMetrics(db.database));
  expect(text).toContain('conductor_runs_queued{class="bulk",reason="place"} 1\n');
  expect(text).toContain('conductor_runs_queued{class="bulk",reason="worker"} 1\n');
});

it("tells how long the decisions of each process have taken", async () => {
  const { as } = await tenantWith(db.database, ["workflow_author", "workflow_reviewer"]);
  await makePublished(as);
  const mark = { id: newId("process"), kind: "worker" as const, host: "here", pid: 7, startedAt: systemClock.now() };
  await markProcess(db.database, { ...mark, ...runningCode("build-1") }, systemClock.now());
  const text = metricsText(await readMetrics(db.database));
  expect(text).toContain("# TYPE conductor_policy_decision_seconds histogram\n");
  const [, count] = /conductor_policy_decision_seconds_count\{process="worker:here:7"\} (\d+)/.exec(text) ?? [];
  expect(Number(count)).toBeGreaterThan(0);
  expect(text).toContain(`conductor_policy_decision_seconds_bucket{process="worker:here:7",le="+Inf"} ${count}\n`);
});

it("says how objectives stand by edition, and how long incidents take, and names no tenant", async () => {
  const { as, tenant } = await tenantWith(db.database, ["tenant_admin", "operator"]);
  const ctx = { database: db.database, clock: systemClock, newId, requestId: newId("request") };
  await judgeSlos(ctx);
  const { tenantId } = tenant;
  const run = (status: "succeeded" | "failed") => ({
    ...{ id: newId("run"), at: systemClock.now() },
    fact: { kind: "run", status, executionClass: "standard", workedMs: 1 } as const,
  });
  const before = metricsText(await readMetrics(db.database));
  const bad = (text: string) =>
    Number(/conductor_slo_events_total\{edition="saas",slo="workflow-success",outcome="bad"\} (\d+)/.exec(text)?.[1]);
  await countEvents({ ...ctx, tenantId }, [run("succeeded"), run("failed"), run("failed")]);
  const { incidentId } = await openIncident(as.operator, { title: "Down", severity: "sev2" });
  await acknowledgeIncident(as.operator, { incidentId });
  const text = metricsText(await readMetrics(db.database));
  expect(bad(text)).toBe(bad(before) + 2);
  expect(text).toContain('conductor_slo_alert_state{edition="internal",slo="workflow-latency",severity="page"} 0\n');
  expect(text).toMatch(/^conductor_slo_watermark_age_seconds \d/m);
  expect(text).toMatch(/^conductor_slo_reconcile_drift 0$/m);
  const acks = /conductor_incident_time_to_ack_seconds_count (\d+)/.exec(text)?.[1];
  expect(Number(acks)).toBeGreaterThan(0);
  expect(text).toMatch(/conductor_incident_time_to_ack_seconds_bucket\{le="1"\} [1-9]/);
  expect(text).not.toContain(tenantId);
});
