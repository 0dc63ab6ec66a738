import { forgetCalls } from "../fixtures/allowance";
import { handedOut } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import { fresh, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

async function keyOf({ owner }: TenantSide): Promise<string> {
  const { key } = await owner.ask<{ key: string }>("apiKeys.create", { name: fresh("Program"), roles: ["operator"] });
  handedOut.add(key);
  return key;
}

const call = ({ url }: Deployment, path: string, headers: Record<string, string>, body?: unknown) =>
  fetch(`${url}/api/v1${path}`, {
    method: body === undefined ? "GET" : "POST",
    headers: { ...(body === undefined ? {} : { "content-type": "application/json" }), ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });

test("23 a malformed bearer is nobody at the public API too, and no cookie is anybody there", async ({
  deployment,
  sides: { a },
}) => {
  await forgetCalls(deployment);
  for (const authorization of [
    "Bearer %E0%A4%A",
    "Bearer",
    "Basic ck_x",
    `Bearer ck_${"x".repeat(43)}`,
    "Bearer %00",
  ]) {
    const answer = await call(deployment, "/runs", { authorization });
    expect(answer.status, authorization).toBe(401);
    expect(await answer.json()).toMatchObject({ error: { code: "Unauthenticated" } });
  }
  expect((await call(deployment, "/runs", { cookie: a.owner.cookie })).status).toBe(401);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("48 one key starts one run over the public API, in each tenant", async ({ deployment, sides: { a, b } }) => {
  const idempotencyKey = fresh("key");
  const started = async (side: TenantSide) => {
    const key = await keyOf(side);
    const { slug } = await publish(side, { input: { order: { type: "string" } } });
    const send = (order: string) =>
      call(
        deployment,
        `/workflows/${slug}/runs`,
        { authorization: `Bearer ${key}`, "idempotency-key": idempotencyKey },
        { input: { order } },
      );
    const answers = await Promise.all(Array.from({ length: 50 }, () => send("one")));
    const bodies = (await Promise.all(answers.map((answer) => answer.json()))) as { id: string }[];
    expect(new Set(bodies.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(1);
    expect((await send("two")).status).toBe(409);
    const [id] = bodies.map((body) => body.id);
    const read = await call(deployment, `/runs/${id ?? ""}`, { authorization: `Bearer ${key}` });
    expect(await read.json()).toMatchObject({ id, workflow: { slug } });
    return { id, key };
  };
  await forgetCalls(deployment);
  const [ofA, ofB] = await Promise.all([started(a), started(b)]);
  expect(ofA.id).not.toBe(ofB.id);
  const foreign = await call(deployment, `/runs/${ofB.id ?? ""}`, { authorization: `Bearer ${ofA.key}` });
  expect(foreign.status).toBe(404);
});
