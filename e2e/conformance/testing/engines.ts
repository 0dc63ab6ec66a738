import { setTimeout } from "node:timers/promises";
import type { Database } from "@/db/client";
import type { InngestServer } from "@/e2e/sandbox/inngest/server";
import { signatureOf } from "@/e2e/sandbox/inngest/signing";
import { createFunctions } from "@/jobs";
import { bootEngine, pump } from "@/jobs/engine";
import { relayEvents } from "@/jobs/platform/relay";
import { systemClock } from "@/server/kernel/clock";
import { newId } from "@/server/kernel/ids";
import type { Env } from "@/server/platform/env";
import { createEmbeddedClient, inngestClient } from "@/server/platform/inngest";
import { createLogger } from "@/server/platform/log";

/** What carries runs on: does all that can be done, then lets a second pass. */
export type Pass = () => Promise<void>;

const SECOND_MS = 1_000;

/** The executor of the product itself, its clock moved by hand. */
export async function embedded(database: Database, env: Env): Promise<Pass> {
  const client = createEmbeddedClient(createLogger("silent"));
  const functions = createFunctions({ client, database, clock: systemClock, newId, env });
  const engine = await bootEngine({ database, client, functions, clock: { shiftMs: 0 }, random: () => 0 });
  return async () => {
    await pump(engine);
    engine.clock.shiftMs += SECOND_MS;
  };
}

async function relayAll(database: Database): Promise<number> {
  let sent = 0;
  for (let now = -1; now !== 0; sent += now) now = await relayEvents({ database, client: inngestClient() });
  return sent;
}

/** A server that speaks the recorded protocol, its clock moved by hand; events come to it by the product's relay. */
export const recorded =
  (database: Database, server: InngestServer): Pass =>
  async () => {
    while ((await relayAll(database)) + (await server.settle()) > 0);
    server.pass(SECOND_MS);
  };

/** How often a real server is looked at (milliseconds): it works by itself. */
const LOOK_MS = 250;

/** A real Inngest server: told of the functions as an operator tells it, and left to its own clock. */
export async function real(database: Database, { endpoint, key }: { endpoint: string; key: string }): Promise<Pass> {
  const signature = signatureOf({ url: endpoint }, key, Date.now());
  const synced = await fetch(endpoint, {
    ...{ method: "PUT", body: JSON.stringify({ url: endpoint }) },
    headers: { "content-type": "application/json", "x-inngest-signature": signature },
  });
  if (!synced.ok) throw new Error(`the server did not take the functions (${synced.status}): ${await synced.text()}`);
  return async () => {
    await relayAll(database);
    await setTimeout(LOOK_MS);
  };
}
