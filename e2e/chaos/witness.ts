import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { z } from "zod";
import type { Moments } from "./moments";

/** Every commit that matters tells of itself, in the words of the database and not of the product. */
const TRIGGERS = `
  create function chaos_step() returns trigger language plpgsql as $$
  begin
    perform pg_notify('chaos', json_build_object('is', 'step', 'key', new.run_id || ':' || new.step_id,
      'status', new.status, 'worker', current_setting('application_name'),
      'runStatus', (select status from runs where tenant_id = new.tenant_id and id = new.run_id))::text);
    return null;
  end $$;
  create trigger chaos_step after insert or update on run_steps for each row execute function chaos_step();

  create function chaos_lease() returns trigger language plpgsql as $$
  begin
    perform pg_notify('chaos', json_build_object('is', case when new.lease_id is null then 'gone' else 'lease' end,
      'key', coalesce(new.run_id, old.run_id) || ':' || coalesce(new.dedupe, old.dedupe),
      'crashes', coalesce(new.crashes, 0), 'worker', current_setting('application_name'))::text);
    return null;
  end $$;
  create trigger chaos_lease after update of lease_id or delete on engine.jobs
    for each row execute function chaos_lease();`;

const toldSchema = z.discriminatedUnion("is", [
  z.object({ is: z.literal("step"), key: z.string(), status: z.string(), runStatus: z.string(), worker: z.string() }),
  z.object({ is: z.literal("lease"), key: z.string(), crashes: z.number(), worker: z.string() }),
  z.object({ is: z.literal("gone"), key: z.string(), worker: z.string() }),
]);

/** A call that waited for another worker: from when to when, and how many workers had died with it by then. */
export interface Takeover {
  key: string;
  at: number;
  until: number;
  crashes: number;
}

/** A change of a step as it was committed, and by whom. */
export interface Sighting {
  at: number;
  words: string;
}

/** A commit of the witness's own that took this long: the machine or its disk stood still. Milliseconds. */
const STALL_MS = 1_000;
const PROBE_EVERY_MS = 250;
/** Between two tries to connect, after an outage. */
const AGAIN_MS = 100;

export interface Witness {
  /** What became of each step, by `runId:stepId`, in the order in which it was seen. */
  sightings: ReadonlyMap<string, readonly Sighting[]>;
  /** When a commit of its own took more than a second, and for how long: what was done to nobody, and hit everybody. */
  stalls: readonly { at: number; until: number }[];
  /** When the end of a step was first seen committed, by `runId:stepId`. */
  endsSeen: ReadonlyMap<string, number>;
  /** Steps that were begun although their run had been stopped, by `runId:stepId`. */
  begunLate: readonly string[];
  /** How the calls of killed workers came to another worker. */
  takeovers: readonly Takeover[];
  /** From now on the calls that this worker held wait for somebody else. */
  watchTakeover(worker: string): void;
  stop(): Promise<void>;
}

/** Watches a database from a connection of its own, which it makes anew after each outage: what it misses is not held against anybody. */
export async function startWitness(ownerUrl: string, moments: Moments): Promise<Witness> {
  const endsSeen = new Map<string, number>();
  const heldBy = new Map<string, string>();
  const orphaned = new Map<string, number>();
  const begunLate: string[] = [];
  const takeovers: Takeover[] = [];
  const sightings = new Map<string, Sighting[]>();
  const stalls: { at: number; until: number }[] = [];

  const hear = (text: string) => {
    const told = toldSchema.parse(JSON.parse(text));
    const { key, worker } = told;
    if (told.is === "gone") {
      heldBy.delete(key);
      orphaned.delete(key);
    } else if (told.is === "lease") {
      const since = orphaned.get(key);
      if (since !== undefined) takeovers.push({ key, at: since, until: performance.now(), crashes: told.crashes });
      orphaned.delete(key);
      heldBy.set(key, worker);
      moments.tell("claimed", worker);
      return;
    }
    if (told.is !== "step") return;
    const words = `${told.status} by ${worker}`;
    sightings.set(key, [...(sightings.get(key) ?? []), { at: performance.now(), words }]);
    if (told.status === "running") {
      if (told.runStatus === "killed" || told.runStatus === "cancelled") begunLate.push(key);
      moments.tell("begun", worker);
    } else {
      if (!endsSeen.has(key) && told.status === "succeeded") endsSeen.set(key, performance.now());
      moments.tell("committed", worker);
    }
  };

  const state: { client: pg.Client | null; isStopped: boolean } = { client: null, isStopped: false };
  const connect = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: ownerUrl });
    client.on("notification", ({ payload = "" }) => hear(payload));
    client.on("error", () => undefined);
    await client.connect();
    client.on("end", () => void again());
    await client.query("listen chaos");
    state.client = client;
  };
  const again = async (): Promise<void> => {
    while (!state.isStopped) {
      try {
        await connect();
        return;
      } catch {
        await setTimeout(AGAIN_MS);
      }
    }
  };

  /** Commits something that has to reach the disk, again and again, each on what connection there is. */
  const probe = async (): Promise<void> => {
    while (!state.isStopped) {
      const at = performance.now();
      // An outage is a fault that is known already.
      const isDone = await state.client?.query("insert into chaos_probe default values").then(
        () => true,
        () => false,
      );
      const until = performance.now();
      if (isDone === true && until - at > STALL_MS) stalls.push({ at, until });
      await setTimeout(PROBE_EVERY_MS);
    }
  };

  await connect();
  await state.client?.query(TRIGGERS);
  await state.client?.query("create table chaos_probe (at timestamptz not null default now())");
  const probing = probe();
  return {
    ...{ endsSeen, begunLate, takeovers, sightings, stalls },
    watchTakeover: (worker) => {
      const now = performance.now();
      for (const [key, holder] of heldBy) if (holder === worker) orphaned.set(key, now);
    },
    stop: async () => {
      state.isStopped = true;
      await probing;
      await state.client?.end();
    },
  };
}
