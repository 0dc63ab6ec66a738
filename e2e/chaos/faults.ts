import { readFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { DEFAULT_TUNING } from "@/jobs/engine";
import { oneOf } from "./chance";
import type { Fault } from "./evidence";
import type { Fleet, Worker } from "./fleet";
import type { Moments, Point } from "./moments";
import type { Wire } from "./wire";
import type { Witness } from "./witness";

export interface Scene {
  chance: () => number;
  fleet: Fleet;
  moments: Moments;
  witness: Witness;
  wire: Wire;
  ownerUrl: string;
  faults: Fault[];
}

/** Past the lease, so that another worker has taken the calls over when this one wakes. */
const FREEZE_MS = DEFAULT_TUNING.leaseMs + 2_500;
const REACHED_WITHIN_MS = 3_000;
/** A ceiling, not a measure: on a busy machine a process may take half a minute to start. */
const READY_WITHIN_MS = 180_000;
const LOOK_MS = 20;

async function until<T>(look: () => T | undefined, withinMs: number, what: string): Promise<T> {
  for (let waited = 0; waited < withinMs; waited += LOOK_MS) {
    const found = look();
    if (found !== undefined) return found;
    await setTimeout(LOOK_MS);
  }
  throw new Error(`${what} within ${withinMs / 1_000} s`);
}

/** Resolves when at least this many workers take work, so that each fault finds a system at work. */
export const untilReady = ({ fleet }: Pick<Scene, "fleet">, count: number) =>
  until(() => (fleet.ready().length >= count ? true : undefined), READY_WITHIN_MS, `no ${count} workers are ready`);

/** Ends a process as a power cut would. */
export function killNow({ faults, witness }: Pick<Scene, "faults" | "witness">, worker: Worker, point: string): void {
  const now = performance.now();
  faults.push({ kind: point === "poison" ? "poison" : "kill", point, worker: worker.name, at: now, until: now });
  worker.isReady = false;
  worker.child.kill("SIGKILL");
  witness.watchTakeover(worker.name);
}

/** Kills the first worker that reaches a point, within the very event that tells of it; any worker when none does. */
export async function killAt(scene: Scene, point: Point): Promise<void> {
  const { fleet, moments, chance } = scene;
  await untilReady(scene, 2);
  const isDone = await new Promise<boolean>((resolve) => {
    if (point === "any") {
      resolve(false);
      return;
    }
    const forget = moments.at(point, (name) => {
      const worker = fleet.find(name);
      if (worker !== undefined) killNow(scene, worker, point);
      resolve(worker !== undefined);
    });
    void setTimeout(REACHED_WITHIN_MS).then(() => {
      forget();
      resolve(false);
    });
  });
  if (!isDone) killNow(scene, oneOf(chance, fleet.ready()), "any");
}

/** Stops a process past its lease and lets it go on, believing that it is still now. Resolves once it has stopped. */
export async function freeze({ fleet, moments, faults, chance }: Scene): Promise<void> {
  await untilReady({ fleet }, 2);
  const name = await moments.next(oneOf(chance, ["begun", "body", "answered"] as const), REACHED_WITHIN_MS);
  const worker = (name === null ? undefined : fleet.find(name)) ?? oneOf(chance, fleet.ready());
  const at = performance.now();
  const fault: Fault = { kind: "freeze", worker: worker.name, at, until: at + FREEZE_MS };
  faults.push(fault);
  worker.isFrozen = true;
  worker.child.kill("SIGSTOP");
  void setTimeout(FREEZE_MS).then(() => {
    fault.until = performance.now();
    worker.isFrozen = false;
    worker.child.kill("SIGCONT");
  });
}

async function asOwner<T>(ownerUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: ownerUrl, connectionTimeoutMillis: 5_000, query_timeout: 5_000 });
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    // Not waited for: the server may be gone.
    void client.end().catch(() => undefined);
  }
}

/** Ends Postgres at once, as `pg_ctl stop -m immediate` does; the embedded server starts it again, and it recovers. */
export async function stopPostgres({ ownerUrl, faults }: Scene): Promise<void> {
  const folder = await asOwner(ownerUrl, async (client) => {
    const { rows } = await client.query<{ data_directory: string }>("show data_directory");
    return rows[0]?.data_directory ?? "";
  });
  const pid = Number((await readFile(path.join(folder, "postmaster.pid"), "utf8")).split("\n")[0]);
  const at = performance.now();
  const fault: Fault = { kind: "postgres", worker: null, at, until: Number.POSITIVE_INFINITY };
  faults.push(fault);
  process.kill(pid, "SIGQUIT");
  for (;;) {
    await setTimeout(100);
    const isBack = await asOwner(ownerUrl, (client) => client.query("select 1")).then(
      () => true,
      () => false,
    );
    if (isBack) break;
  }
  fault.until = performance.now();
}

/** Ends half of the workers' connections, in the middle of whatever they carry. */
export async function cutConnections({ ownerUrl, faults }: Scene): Promise<void> {
  const at = performance.now();
  await asOwner(ownerUrl, (client) =>
    client.query(
      "select pg_terminate_backend(pid) from pg_stat_activity where application_name like 'worker-%' and random() < 0.5",
    ),
  );
  faults.push({ kind: "cut", worker: null, at, until: performance.now() });
}

/** Lets a commit reach Postgres and its answer get lost: the worker cannot know what became of it. */
export async function loseAnswer({ wire, faults }: Scene): Promise<void> {
  const worker = await wire.loseAnswer();
  const now = performance.now();
  faults.push({ kind: "lost-answer", worker, at: now, until: now });
}
