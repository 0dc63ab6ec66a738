import { newId } from "@/server/kernel/ids";
import { forgetCalls } from "../fixtures/allowance";
import { handedOut } from "../fixtures/caller";
import { fresh, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { addHook, type Hook, sendMessage } from "../fixtures/webhook";

interface Row {
  id: string;
  lastFired: { runId: string } | null;
  lastRefused: { message: string } | null;
}

const triggersOf = async ({ viewer }: TenantSide, workflowId: string) =>
  (await viewer.ask<{ rows: Row[] }>("triggers.list", { workflowId })).rows;
const runsOf = async ({ viewer }: TenantSide, workflowId: string) =>
  (await viewer.ask<{ rows: { id: string }[] }>("runs.list", { workflowId })).rows;

const input = { order: { type: "string" } };
const order = (value: string) => JSON.stringify({ order: value });

test("50 a message that is not as it was signed starts nothing, and learns nothing", async ({
  deployment,
  sides: { a, b },
}) => {
  await forgetCalls(deployment);
  const { workflowId } = await publish(a, { input });
  const [hook, foreign] = [await addHook(a, workflowId), await addHook(b, (await publish(b, { input })).workflowId)];
  const disabled = await addHook(a, workflowId);
  await a.operator.ask("triggers.disable", { triggerId: disabled.triggerId });
  const body = order("1");
  const refused = [
    await sendMessage(deployment, { ...hook, secret: foreign.secret }, { body }),
    await sendMessage(deployment, { ...hook, triggerId: foreign.triggerId }, { body }),
    await sendMessage(deployment, hook, { body, secondsOff: -400 }),
    await sendMessage(deployment, hook, { body, secondsOff: 400 }),
    await sendMessage(deployment, hook, { body, sent: order("2") }),
    await sendMessage(deployment, hook, { body, headers: { "webhook-signature": "v1,AAAA" } }),
    await sendMessage(deployment, hook, { body, headers: { "webhook-timestamp": "1e9" } }),
    await sendMessage(deployment, hook, { body, headers: { "webhook-id": "another" } }),
    await sendMessage(deployment, disabled, { body }),
    await sendMessage(deployment, { ...hook, triggerId: newId("trigger") }, { body }),
    await sendMessage(deployment, { ...hook, triggerId: "%00" }, { body }),
  ];
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => 401));
  expect(new Set(refused.map(({ text }) => text)).size).toBe(1);
  expect(await runsOf(a, workflowId)).toEqual([]);
  for (const other of ["GET", "PUT", "DELETE"])
    expect((await fetch(`${deployment.url}/api/hooks/${hook.triggerId}`, { method: other })).status).toBe(405);
});

test("50 a message starts one run however often it comes, and none in another's words", async ({
  deployment,
  sides: { a },
}) => {
  await forgetCalls(deployment);
  const { workflowId } = await publish(a, { input });
  const hook = await addHook(a, workflowId);
  const id = fresh("msg");
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => sendMessage(deployment, hook, { id, body: order("1") })),
  );
  expect(answers.map(({ status }) => status).sort()).toEqual([...Array<number>(19).fill(200), 201]);
  expect(new Set(answers.map(({ text }) => (JSON.parse(text) as { id: string }).id)).size).toBe(1);
  expect(await sendMessage(deployment, hook, { id, body: order("2") })).toMatchObject({ status: 409 });
  const runs = await runsOf(a, workflowId);
  expect(await triggersOf(a, workflowId)).toMatchObject([{ lastFired: { runId: runs[0]?.id } }]);
  expect(runs).toHaveLength(1);
});

test("50 a message of absurd size or of another kind is not read", async ({ deployment, sides: { a } }) => {
  await forgetCalls(deployment);
  const { workflowId } = await publish(a, { input });
  const hook = await addHook(a, workflowId);
  const huge = order("x".repeat(11_000_000));
  expect(await sendMessage(deployment, hook, { body: huge })).toMatchObject({ status: 413 });
  for (const type of ["text/plain", "application/x-www-form-urlencoded", "application/jsonp", ""])
    expect(await sendMessage(deployment, hook, { body: order("1"), headers: { "content-type": type } })).toMatchObject({
      status: 415,
    });
  const deep = `${'{"order":'.repeat(10_000)}1${"}".repeat(10_000)}`;
  for (const body of ["", "{", "[]", "null", '{"order":{"$gt":""}}', '{"__proto__":{"order":"1"}}', deep])
    expect((await sendMessage(deployment, hook, { body })).status, body.slice(0, 40)).toBe(400);
  expect(await runsOf(a, workflowId)).toEqual([]);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("50 the secret before a rotation signs within its grace, and not after it", async ({
  deployment,
  sides: { a },
}) => {
  await forgetCalls(deployment);
  const { workflowId } = await publish(a, { input });
  const first = await addHook(a, workflowId);
  const { triggerId } = first;
  const rotate = async (graceHours: number) => {
    const rotated = await a.owner.ask<Hook>("triggers.rotateSecret", { triggerId, graceHours });
    handedOut.add(rotated.secret);
    return rotated;
  };
  const status = async (hook: Hook) => (await sendMessage(deployment, hook, { body: order("1") })).status;
  const second = await rotate(24);
  expect([await status(first), await status(second)]).toEqual([201, 201]);
  const third = await rotate(0);
  expect([await status(first), await status(second), await status(third)]).toEqual([401, 401, 201]);
  for (const person of [a.author, a.operator, a.viewer])
    expect(await person.attempt("triggers.rotateSecret", { triggerId })).toMatchObject({ status: 403 });
  const seen = await a.owner.send(`/t/${a.slug}/workflows`);
  expect(seen.text).not.toContain(third.secret);
});

test("46 no schedule comes more than once a minute, and a tenant has at most a hundred", async ({
  deployment,
  sides: { a },
}) => {
  const { workflowId } = a.workflow;
  const schedule = (over: Record<string, unknown> = {}) =>
    a.operator.attempt("triggers.createSchedule", {
      ...{ workflowId, name: "Often", cron: "* * * * *", zone: "UTC", isEnabled: false, ...over },
    });
  for (const cron of ["* * * * * *", "*/1 * * * * * *", "@secondly", "0 0 30 2 *", "* * * *", "*".repeat(200)])
    expect(await schedule({ cron }), cron).toMatchObject({ status: 400, code: "Invalid" });
  const made: string[] = [];
  for (;;) {
    if (made.length % 40 === 0) await forgetCalls(deployment);
    const answer = await schedule();
    if (answer.status !== 200) {
      expect(answer).toMatchObject({ status: 429, code: "LimitReached" });
      break;
    }
    made.push((answer.value as { triggerId: string }).triggerId);
  }
  expect(made.length).toBeLessThanOrEqual(100);
  expect(made.length).toBeGreaterThan(90);
  for (const [count, triggerId] of made.entries()) {
    if (count % 40 === 0) await forgetCalls(deployment);
    await a.operator.ask("triggers.delete", { triggerId });
  }
});

test("46 workflows that would start each other are refused, and a long chain stops at its fifth trigger", async ({
  deployment,
  sides: { a },
}) => {
  await forgetCalls(deployment);
  const steps = [{ id: "make", type: "transform", expression: '{ "made": true }' }];
  const flows: string[] = [];
  for (let made = 0; made < 7; made += 1) flows.push((await publish(a, { steps })).workflowId);
  const after = (from = "", to = "") =>
    a.operator.attempt("triggers.createEvent", {
      ...{ workflowId: to, name: "After", event: "run.finished", sourceWorkflowId: from },
    });
  const [first, second] = flows;
  const loops = { status: 400, code: "Invalid" };
  expect(await after(first, first)).toMatchObject(loops);
  for (const [at, to] of flows.slice(1).entries()) expect(await after(flows[at], to)).toMatchObject({ status: 200 });
  expect(await after(second, first)).toMatchObject(loops);
  expect(await after(flows[6], first)).toMatchObject(loops);

  await forgetCalls(deployment);
  await a.operator.ask("runs.start", { workflowId: first });
  const last = flows[6] ?? "";
  const said = async () => (await triggersOf(a, last))[0]?.lastRefused?.message ?? "";
  await expect.poll(said, { timeout: 90_000 }).toContain("goes no further");
  expect(await runsOf(a, last)).toEqual([]);
  expect(await runsOf(a, flows[5] ?? "")).toHaveLength(1);
  const { rows } = await a.viewer.ask<{ rows: { action: string }[] }>("receipts.list", { limit: 100 });
  expect(rows.filter(({ action }) => action === "trigger.stop")).toHaveLength(1);
});
