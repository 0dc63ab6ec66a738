import { eq } from "drizzle-orm";
import { expect, it } from "vitest";
import { holds, sloAlerts, sloEvents, tenantQuotas } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { claimMessages, getIncident, markSent } from "@/server/incidents";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { digestText } from "@/server/kernel/json";
import { tenantWith } from "@/server/testing/actors";
import { ATTRIBUTES } from "@/server/testing/definitions";
import { expectReceipt, recordedEvents } from "@/server/testing/records";
import { makePublished } from "@/server/testing/workflows";
import type { TenantContext } from "@/server/verb";
import { askDrill, getDrill, listDrills, runDrill } from "./index";

const db = useTestDatabase();
const ROLES = ["tenant_admin", "workflow_author", "workflow_reviewer", "operator", "read_only"] as const;
const people = (plan: "internal" | "standard" = "internal") => tenantWith(db.database, ROLES, systemClock, { plan });
/** Stands at the place of the mailer: what is sent is marked as the mailer marks it. */
const sending = (ctx: TenantContext) => async (id: string) => {
  const claimed = await claimMessages(ctx, id);
  if (claimed.state === "claimed") await markSent(ctx, claimed);
};
const run = (ctx: TenantContext, send: (id: string) => Promise<void> = sending(ctx)) =>
  runDrill({
    ...{ database: db.database, clock: systemClock, newId },
    requestId: newId("request"),
    tenantId: ctx.tenantId,
    actor: "system",
    send,
  });

it("takes the way of a breach to its end, and no budget, run or customer notices", async () => {
  const { as } = await people();
  await makePublished(as, { attributes: { ...ATTRIBUTES, risk_profile: "high" } });
  const sent: string[] = [];
  const drill = await run(as.operator, async (id) => {
    sent.push(id);
    await sending(as.operator)(id);
  });
  expect(drill).toMatchObject({ grade: "passed", missed: [], notes: [] });
  expect(drill.notifications).toHaveLength(sent.length);
  expect(drill.mitigations).toMatchObject([
    { words: "Throttle runs to 50 %", wouldHold: 0, after: { atWork: 0 } },
    { words: "Pause workflows of risk high and higher", wouldHold: 1 },
  ]);
  expect(drill.timeline.map(({ kind }) => kind)).toEqual([
    ...[
      "opened",
      "notification",
      "mitigation",
      "mitigation",
      "evidence",
      "evidence",
      "mitigation",
      "mitigation",
      "status",
    ],
  ]);
  const { tenantId } = as.operator;
  const left = await withTenant(as.operator, async (tx) => [
    await tx.select().from(sloEvents).where(eq(sloEvents.tenantId, tenantId)),
    await tx.select().from(sloAlerts).where(eq(sloAlerts.tenantId, tenantId)),
    await tx.select().from(holds).where(eq(holds.tenantId, tenantId)),
  ]);
  expect(left).toEqual([[], [], []]);
  const [quota] = await withTenant(as.operator, (tx) =>
    tx.select().from(tenantQuotas).where(eq(tenantQuotas.tenantId, tenantId)),
  );
  expect(quota?.guardConcurrentRuns ?? null).toBeNull();
  const incident = await getIncident(as.read_only, { incidentId: drill.incidentId });
  expect(incident).toMatchObject({ status: "closed", isDrill: true, isPublic: false });
});

it("is kept with its report, whose digest a receipt holds", async () => {
  const { as } = await people();
  const { drillId, incidentId } = await run(as.operator);
  await expectReceipt(as.operator, "drill.run", `incident:${incidentId}`);
  const kept = await getDrill(as.read_only, { drillId });
  expect(kept.reportDigest).toBe(digestText(kept.report));
  expect(kept.report).toContain("# Incident drill: passed");
  expect((await listDrills(as.read_only, {})).rows).toMatchObject([{ id: drillId, grade: "passed" }]);
  const { as: others } = await people();
  await expect(getDrill(others.operator, { drillId })).rejects.toMatchObject({ code: "NotFound" });
});

it("fails where a message is not sent, and says why", async () => {
  const { as } = await people();
  const drill = await run(as.operator, () => Promise.reject(new Error("No mail server.")));
  expect(drill).toMatchObject({ grade: "failed", missed: ["notified"], notes: ["1 of 1 messages were not sent."] });
  expect(drill.report).toContain("not sent (No mail server.)");
});

it("is asked for by whoever works on incidents, where the plan has them automated", async () => {
  const { as } = await people();
  await askDrill(as.operator, {});
  expect((await recordedEvents(db.ownerUrl, as.operator.tenantId)).at(-1)).toBe("drill.asked");
  await expect(askDrill(as.read_only, {})).rejects.toMatchObject({ code: "Forbidden" });
  const { as: poor } = await people("standard");
  await expect(askDrill(poor.operator, {})).rejects.toMatchObject({ code: "NotEntitled" });
  await expect(run(poor.operator)).rejects.toMatchObject({ code: "NotEntitled" });
});
