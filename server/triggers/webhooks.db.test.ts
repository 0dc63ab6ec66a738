import { eq } from "drizzle-orm";
import { beforeEach, describe, expect, it } from "vitest";
import { receipts, runs, triggerSecrets } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { killWorkflow, pauseWorkflow } from "@/server/holds";
import { fixedClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import { env } from "@/server/platform/env";
import { rotateSecrets, secretKeysOf, unseal } from "@/server/secrets";
import { memberContext } from "@/server/testing/actors";
import { expectDenial, expectReceipt } from "@/server/testing/records";
import {
  createWebhook,
  deleteTrigger,
  disableTrigger,
  listTriggers,
  rotateTriggerSecret,
  updateWebhook,
} from "./index";
import { firesOf, makeHook, sendTo, triggerWorld, type World } from "./testing/trigger-world";

const db = useTestDatabase();
const HOUR_MS = 3_600_000;
let world: World;
beforeEach(async () => {
  world = await triggerWorld(db.database, fixedClock(new Date()));
});

const runsOf = ({ as }: World) =>
  withTenant(as.operator, (tx) => tx.select().from(runs).where(eq(runs.tenantId, as.operator.tenantId)));
const idIn = ({ text }: { text: string }) => (JSON.parse(text) as { id: string }).id;

describe("createWebhook", () => {
  it("shows the signing secret once, keeps it sealed, and leaves a receipt without it", async () => {
    const { triggerId, secret } = await makeHook(world);
    expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
    await expectReceipt(world.as.tenant_admin, "trigger.create", `trigger:${triggerId}`);
    const stored = await withTenant(world.as.tenant_admin, async (tx) => [
      await tx.select().from(triggerSecrets),
      await tx.select({ body: receipts.body }).from(receipts),
    ]);
    expect(JSON.stringify([stored, await world.rows()])).not.toContain(secret);
  });

  it.each(["operator", "workflow_author", "read_only"] as const)("refuses the %s, on record", async (role) => {
    const attempt = createWebhook(world.as[role], { workflowId: world.workflowId, name: "Shop" });
    await expect(attempt).rejects.toMatchObject({ code: "Forbidden" });
    await expectDenial(world.as[role], "trigger.expose");
  });

  it("refuses another tenant's workflow, what the clearance does not reach, and an expression that is none", async () => {
    const other = await triggerWorld(db.database, world.clock);
    const foreign = createWebhook(world.as.tenant_admin, { workflowId: other.workflowId, name: "Shop" });
    await expect(foreign).rejects.toMatchObject({ code: "NotFound" });
    const lesser = await memberContext(db.database, world.tenant, { roles: ["tenant_admin"], clearance: "public" });
    const above = createWebhook(lesser, { workflowId: world.workflowId, name: "Shop" });
    await expect(above).rejects.toMatchObject({ code: "Forbidden", details: { failed: ["cleared"] } });
    await expect(makeHook(world, { expression: "{ (" })).rejects.toMatchObject({ code: "Invalid" });
  });

  it("stops at a hundred", async () => {
    for (let made = 0; made < 100; made += 1) await makeHook(world);
    await expect(makeHook(world)).rejects.toMatchObject({ code: "LimitReached" });
    const [first] = await world.rows();
    await deleteTrigger(world.as.tenant_admin, { triggerId: first?.id ?? "" });
    await makeHook(world);
  });
});

describe("a message to a webhook", () => {
  it("starts a run as the trigger, with the fields that the workflow declares", async () => {
    const { triggerId, secret } = await makeHook(world);
    const answer = await sendTo(world, triggerId, { secret, body: '{"order":"7","other":{"x":1}}' });
    expect(answer.status).toBe(201);
    expect(await runsOf(world)).toMatchObject([
      { id: idIn(answer), startedBy: `trigger:${triggerId}`, input: { order: "7" } },
    ]);
    const [row] = await world.rows();
    expect(row).toMatchObject({
      ...{ kind: "webhook", isEnabled: true, actsAs: "operator", lastRefused: null },
      lastFired: { at: world.clock.now().toISOString(), runId: idIn(answer) },
    });
  });

  it("makes the input by the trigger's expression", async () => {
    const { triggerId, secret } = await makeHook(world, { expression: '{ "order": $string(body.items[0].id) }' });
    expect((await sendTo(world, triggerId, { secret, body: '{"items":[{"id":7}]}' })).status).toBe(201);
    expect(await runsOf(world)).toMatchObject([{ input: { order: "7" } }]);
  });

  it("gives the same run for the same id and body, and refuses the id with another body", async () => {
    const { triggerId, secret } = await makeHook(world);
    const message = { secret, id: "msg_1" };
    const answers = await Promise.all(Array.from({ length: 10 }, () => sendTo(world, triggerId, message)));
    expect(new Set(answers.map(idIn)).size).toBe(1);
    expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(9).fill(200), 201]);
    // It would give the same input: what counts is what was sent.
    const other = await sendTo(world, triggerId, { ...message, body: '{"order":"7","note":1}' });
    expect(other.status).toBe(409);
    expect(await runsOf(world)).toHaveLength(1);
  });

  it("is answered alike whatever is wrong with who sends it", async () => {
    const { triggerId, secret } = await makeHook(world);
    const [disabled, deleted] = [await makeHook(world), await makeHook(world)];
    await disableTrigger(world.as.operator, { triggerId: disabled.triggerId });
    await deleteTrigger(world.as.tenant_admin, { triggerId: deleted.triggerId });
    const answers = [
      await sendTo(world, triggerId, { secret: disabled.secret }),
      await sendTo(world, triggerId, { secret, secondsOff: -301 }),
      await sendTo(world, triggerId, { secret, secondsOff: 302 }),
      await sendTo(world, triggerId, { secret, sent: '{"order":"8"}' }),
      await sendTo(world, triggerId, { secret, headers: { "webhook-signature": "" } }),
      await sendTo(world, triggerId, { secret, headers: { "webhook-id": "another" } }),
      await sendTo(world, disabled.triggerId, { secret: disabled.secret }),
      await sendTo(world, deleted.triggerId, { secret: deleted.secret }),
      await sendTo(world, newId("trigger"), { secret }),
      await sendTo(world, "no-trigger", { secret }),
    ];
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(401);
    expect(await runsOf(world)).toEqual([]);
    expect(await firesOf(world.as.operator, triggerId)).toEqual([]);
  });

  it("is held up where one network sends too many unsigned ones, unless it is signed", async () => {
    const { triggerId, secret } = await makeHook(world);
    const one = { secret, headers: { "x-forwarded-for": "10.9.9.9" } };
    for (let sent = 0; sent < 30; sent += 1) await sendTo(world, newId("trigger"), one);
    expect((await sendTo(world, newId("trigger"), one)).status).toBe(429);
    // Who signs is not held up by somebody else's noise.
    expect((await sendTo(world, triggerId, one)).status).toBe(201);
  });

  it.each<[string, Partial<Parameters<typeof sendTo>[2]>, number]>([
    ["a body that is no JSON", { body: "{" }, 400],
    ["a body that is no object", { body: '["order"]' }, 400],
    ["input that does not fit", { body: '{"order":7}' }, 400],
    ["input that is missing", { body: "{}" }, 400],
    ["another content type", { headers: { "content-type": "text/plain" } }, 415],
    ["more than a megabyte", { body: JSON.stringify({ order: "x".repeat(1_000_001) }) }, 413],
  ])("is refused with %s", async (_what, message, status) => {
    const { triggerId, secret } = await makeHook(world);
    expect((await sendTo(world, triggerId, { secret, ...message })).status).toBe(status);
    expect(await runsOf(world)).toEqual([]);
  });

  it("names the fields that do not fit, in its answer and on the trigger's row", async () => {
    const { triggerId, secret } = await makeHook(world);
    const { text } = await sendTo(world, triggerId, { secret, body: '{"order":7}' });
    expect(JSON.parse(text)).toMatchObject({ error: { details: { fields: [{ path: "input.order" }] } } });
    const [row] = await world.rows();
    expect(row?.lastRefused?.message).toContain("input.order");
  });

  it("starts nothing under a kill, and waits under a pause, as any start does", async () => {
    const { triggerId, secret } = await makeHook(world);
    await pauseWorkflow(world.as.operator, { workflowId: world.workflowId, reason: "Wait" });
    expect((await sendTo(world, triggerId, { secret })).status).toBe(201);
    expect(await runsOf(world)).toMatchObject([{ status: "queued", pausedAt: expect.any(Date) as Date }]);
    await killWorkflow(world.as.operator, { workflowId: world.workflowId, reason: "Stop" });
    expect((await sendTo(world, triggerId, { secret })).status).toBe(412);
  });

  it("is refused where the trigger's right has gone, on record and on its row", async () => {
    const admin = await memberContext(db.database, world.tenant, { roles: ["tenant_admin"], clearance: "internal" });
    const { triggerId, secret } = await createWebhook(admin, { workflowId: world.workflowId, name: "Shop" });
    expect((await sendTo(world, triggerId, { secret })).status).toBe(201);
    const attributes = { environment: "dev", region: "eu", risk_profile: "low", business_unit: "general" };
    await world.republish({ attributes: { ...attributes, data_sensitivity: "confidential" } });
    expect((await sendTo(world, triggerId, { secret })).status).toBe(403);
    await expectDenial(world.as.operator, "run.start");
    const [row] = (await listTriggers(world.as.tenant_admin, { workflowId: world.workflowId })).rows;
    expect(row?.lastRefused?.message).toContain("clearance");
  });
});

describe("rotateTriggerSecret", () => {
  it("lets the secret before sign until the grace is over, and the one before that no longer", async () => {
    const first = await makeHook(world);
    const { triggerId } = first;
    const opens = async ({ secret }: { secret: string }) => (await sendTo(world, triggerId, { secret })).status;
    const second = await rotateTriggerSecret(world.as.tenant_admin, { triggerId, graceHours: 2 });
    expect([await opens(first), await opens(second)]).toEqual([201, 201]);
    const third = await rotateTriggerSecret(world.as.tenant_admin, { triggerId });
    expect([await opens(first), await opens(second), await opens(third)]).toEqual([401, 201, 201]);
    world.clock.advance(24 * HOUR_MS);
    expect([await opens(second), await opens(third)]).toEqual([401, 201]);
    const fourth = await rotateTriggerSecret(world.as.tenant_admin, { triggerId, graceHours: 0 });
    expect([await opens(third), await opens(fourth)]).toEqual([401, 201]);
    await rotateTriggerSecret(world.as.tenant_admin, { triggerId, graceHours: 168 });
    await expectReceipt(world.as.tenant_admin, "trigger.rotate", `trigger:${triggerId}`);
    await expect(rotateTriggerSecret(world.as.tenant_admin, { triggerId, graceHours: 169 })).rejects.toMatchObject({
      code: "Invalid",
    });
  });

  it("refuses an operator, and another tenant's trigger", async () => {
    const { triggerId } = await makeHook(world);
    const other = await triggerWorld(db.database, world.clock);
    await expect(rotateTriggerSecret(world.as.operator, { triggerId })).rejects.toMatchObject({ code: "Forbidden" });
    await expect(rotateTriggerSecret(other.as.tenant_admin, { triggerId })).rejects.toMatchObject({ code: "NotFound" });
  });

  it("is not needed when the deployment's master secret changes", async () => {
    const { triggerId, secret } = await makeHook(world);
    const next = { CONDUCTOR_SECRET: "the next master secret, of 32 characters and more" };
    const both = secretKeysOf({ ...next, CONDUCTOR_SECRET_PREVIOUS: env().CONDUCTOR_SECRET });
    expect((await rotateSecrets(db.database, both)).unopened).toBe(0);
    const rows = await withTenant(world.as.tenant_admin, (tx) =>
      tx.select().from(triggerSecrets).where(eq(triggerSecrets.id, triggerId)),
    );
    expect(
      rows.map((row) => unseal(row, row, secretKeysOf({ ...next, CONDUCTOR_SECRET_PREVIOUS: undefined }))),
    ).toEqual([secret]);
  });

  it("makes the trigger act with the rights of who rotated", async () => {
    const { triggerId } = await makeHook(world);
    const low = await memberContext(db.database, world.tenant, { roles: ["tenant_admin"], clearance: "internal" });
    await rotateTriggerSecret(low, { triggerId });
    expect(await world.rows()).toMatchObject([{ clearance: "internal" }]);
  });
});

describe("disableTrigger and deleteTrigger", () => {
  it("leave receipts, and end once", async () => {
    const { triggerId } = await makeHook(world);
    const both = await Promise.allSettled([1, 2].map(() => disableTrigger(world.as.operator, { triggerId })));
    expect(both.find(({ status }) => status === "rejected")).toMatchObject({ reason: { code: "Conflict" } });
    await expectReceipt(world.as.operator, "trigger.disable", `trigger:${triggerId}`);
    await updateWebhook(world.as.tenant_admin, { triggerId, name: "Shop again" });
    expect(await world.rows()).toMatchObject([{ name: "Shop again", isEnabled: true }]);
    await deleteTrigger(world.as.operator, { triggerId });
    await expectReceipt(world.as.operator, "trigger.delete", `trigger:${triggerId}`);
    await expect(deleteTrigger(world.as.operator, { triggerId })).rejects.toMatchObject({ code: "NotFound" });
    expect(await world.rows()).toEqual([]);
  });

  it("refuse who only looks", async () => {
    const { triggerId } = await makeHook(world);
    for (const verb of [disableTrigger, deleteTrigger])
      await expect(verb(world.as.read_only, { triggerId })).rejects.toMatchObject({ code: "Forbidden" });
  });
});
