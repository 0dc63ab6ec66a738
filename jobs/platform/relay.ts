import type { Inngest } from "inngest";
import type { Database } from "@/db/client";
import { listen } from "@/db/listen";
import { type EngineQuery, withEngine } from "@/db/tenancy";
import { log } from "@/server/platform/log";
import { createWaker } from "../engine/waker";

/** Events per request: Inngest takes at most 512 KB or so at once. */
const BATCH = 50;
/** How long a taken event is left alone by other relays: longer than the SDK tries to send. */
const TAKEN_FOR_SECONDS = 60;
const POLL_MS = 1_000;
const REST_AFTER_FAILURE_MS = 5_000;

interface Taken extends Record<string, unknown> {
  id: string;
  name: string;
  payload: string;
  received_at: Date;
}

async function take(query: EngineQuery, most: number): Promise<Taken[]> {
  return query<Taken>(
    `update engine.events set relay_until = now() + interval '${TAKEN_FOR_SECONDS} seconds'
     where id in (
       select id from engine.events where routed_at is null and (relay_until is null or relay_until < now())
       order by received_at, id limit $1 for update skip locked
     ) returning id, name, payload, received_at`,
    [most],
  );
}

export interface RelayOptions {
  database: Database;
  /** The client of Inngest Cloud or of a self-hosted server. */
  client: Inngest.Any;
}

/**
 * Sends the oldest events of the outbox to Inngest, under their own ids: one that is sent twice, because its mark got
 * lost, is dropped there (Inngest remembers ids for 24 hours). Returns how many it sent; throws when they were refused.
 */
export async function relayEvents({ database, client }: RelayOptions, most: number = BATCH): Promise<number> {
  const taken = await withEngine({ database }, (query) => take(query, most));
  if (taken.length === 0) return 0;
  taken.sort((a, b) => a.received_at.getTime() - b.received_at.getTime() || (a.id < b.id ? -1 : 1));
  await client.send(
    taken.map(({ id, name, payload, received_at: at }) => ({
      ...{ id, name, ts: at.getTime() },
      data: JSON.parse(payload) as Record<string, unknown>,
    })),
  );
  await withEngine({ database }, (query) =>
    query("update engine.events set routed_at = now(), relay_until = null where id = any($1)", [
      taken.map(({ id }) => id),
    ]),
  );
  return taken.length;
}

/**
 * Keeps the outbox flowing to Inngest until it is stopped. After a refusal it sends one by one, so that a single event
 * that Inngest does not take is left behind and tried again by itself.
 */
export function startRelay(options: RelayOptions): { stop(): Promise<void> } {
  const waker = createWaker();
  const listener = listen(options.database, "conductor_engine", () => waker.wake());
  const run = async (): Promise<void> => {
    let most = BATCH;
    while (!waker.isStopped) {
      try {
        if ((await relayEvents(options, most)) === 0) {
          most = BATCH;
          await waker.sleep(POLL_MS);
        }
      } catch (error) {
        most = 1;
        log().error({ err: error }, "events could not be sent to Inngest; they stay in the outbox");
        await waker.sleep(REST_AFTER_FAILURE_MS);
      }
    }
  };
  const running = run();
  return {
    stop: async () => {
      waker.stop();
      await Promise.all([running, listener.stop()]);
    },
  };
}
