import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { recordEvents } from "@/db/outbox";
import { withEngine, withTenant } from "@/db/tenancy";
import { useTestDatabase } from "@/db/testing/test-database";
import { newId } from "@/server/kernel/ids";
import { parseEnv } from "@/server/platform/env";
import { createRemoteClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";
import { relayEvents } from "./relay";

const db = useTestDatabase();
const tenantId = newId("tenant");

interface Sent {
  id: string;
  name: string;
  data: unknown;
}

/** What a self-hosted Inngest server would have been told. */
const stand: { received: Sent[][]; refuses: boolean; url: string } = { received: [], refuses: false, url: "" };

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const events = JSON.parse(Buffer.concat(chunks).toString("utf8")) as Sent[];
  const body = stand.refuses ? { status: 400, error: "no", ids: [] } : { status: 200, ids: events.map(({ id }) => id) };
  if (!stand.refuses) stand.received.push(events);
  response.writeHead(body.status, { "content-type": "application/json" }).end(JSON.stringify(body));
}

const server = createServer((request, response) => void answer(request, response));

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  stand.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());
beforeEach(async () => {
  Object.assign(stand, { received: [], refuses: false });
  await withEngine(db, (query) => query("delete from engine.events"));
});

function client() {
  const given = { INNGEST_SIGNING_KEY: "signkey-test-00", INNGEST_EVENT_KEY: "key", INNGEST_BASE_URL: stand.url };
  const env = parseEnv({ CONDUCTOR_SECRET: "s".repeat(32), ...given });
  return createRemoteClient(env, createLogger("silent"));
}

const record = (n: number) =>
  withTenant({ database: db.database, tenantId }, async (tx) =>
    recordEvents(tx, tenantId, newId, [{ name: "thing.done", payload: { n } }]),
  );

const unsent = () =>
  withEngine(db, (query) => query<{ id: string }>("select id from engine.events where routed_at is null order by id"));

describe("the relay", () => {
  it("sends what is in the outbox under its own ids, oldest first, and marks it", async () => {
    for (const n of [1, 2, 3]) await record(n);
    const ids = (await unsent()).map((row) => row.id);
    const { database } = db;
    expect(await relayEvents({ database, client: client() })).toBe(3);
    expect(stand.received.flat()).toMatchObject(
      ids.map((id, place) => ({ id, name: "thing.done", data: { n: place + 1 } })),
    );
    expect(await unsent()).toEqual([]);
    expect(await relayEvents({ database, client: client() })).toBe(0);
  });

  it("keeps what Inngest does not take, and leaves it alone for a while", async () => {
    await record(1);
    stand.refuses = true;
    const options = { database: db.database, client: client() };
    await expect(relayEvents(options)).rejects.toThrow();
    stand.refuses = false;
    expect(await unsent()).toHaveLength(1);
    expect(await relayEvents(options)).toBe(0);
    await withEngine(db, (query) => query("update engine.events set relay_until = now() - interval '1 second'"));
    expect(await relayEvents(options)).toBe(1);
  });

  it("takes no event that another relay is at", async () => {
    for (let n = 0; n < 4; n += 1) await record(n);
    const options = { database: db.database, client: client() };
    const counts = await Promise.all([relayEvents(options, 2), relayEvents(options, 2), relayEvents(options, 2)]);
    expect(counts.reduce((sum, n) => sum + n, 0)).toBe(4);
    expect(new Set(stand.received.flat().map(({ id }) => id)).size).toBe(4);
    expect(stand.received.flat()).toHaveLength(4);
  });
});
