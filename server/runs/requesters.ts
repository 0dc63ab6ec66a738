import { and, desc, eq, inArray, max } from "drizzle-orm";
import { apiKeys, receipts, runs, sentEvents, triggerFires, triggers } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { idIn } from "./domain/reference";

/** The most people who are named behind one request: as many as policy takes. */
const PEOPLE_MAX = 50;
/** Runs, keys, triggers and people that are followed at most, the nearest first. */
const FOLLOWED_MAX = 200;

/** What gives somebody a secret, or a say in what is started. */
const SHAPES = ["api_key.create", "api_key.rotate", "trigger.create", "trigger.update", "trigger.rotate"];

/** Whoever made or altered a key or a trigger, or was given its secret; the latest first. */
async function shapersOf(tx: Tx, tenantId: string, subject: string): Promise<string[]> {
  const rows = await tx
    .select({ actor: receipts.actor })
    .from(receipts)
    .where(and(eq(receipts.tenantId, tenantId), eq(receipts.subject, subject), inArray(receipts.action, [...SHAPES])))
    .groupBy(receipts.actor)
    .orderBy(desc(max(receipts.seq)))
    .limit(PEOPLE_MAX);
  return rows.map(({ actor }) => actor);
}

/** What fired the trigger that started a run: whoever sent the event, or the run that finished; nothing for a slot. */
async function causesOf(tx: Tx, tenantId: string, triggerId: string, key: string): Promise<string[]> {
  const [fire] = await tx
    .select({ sourceRunId: triggerFires.sourceRunId })
    .from(triggerFires)
    .where(and(eq(triggerFires.tenantId, tenantId), eq(triggerFires.triggerId, triggerId), eq(triggerFires.key, key)));
  if (fire?.sourceRunId != null) return [`run:${fire.sourceRunId}`];
  const sent = await tx
    .select({ by: sentEvents.sentBy })
    .from(sentEvents)
    .where(and(eq(sentEvents.tenantId, tenantId), eq(sentEvents.id, key.slice(triggerId.length + 1))));
  return sent.map(({ by }) => by);
}

async function behindRun(tx: Tx, tenantId: string, runId: string): Promise<string[]> {
  const [run] = await tx
    .select({ startedBy: runs.startedBy, key: runs.idempotencyKey, rerunOf: runs.rerunOf })
    .from(runs)
    .where(and(eq(runs.tenantId, tenantId), eq(runs.id, runId)));
  if (run === undefined) return [];
  const triggerId = idIn(run.startedBy, "trigger");
  const causes = triggerId === null || run.key === null ? [] : await causesOf(tx, tenantId, triggerId, run.key);
  // Who started the run that this one repeats chose its input.
  return [run.startedBy, ...causes, ...(run.rerunOf === null ? [] : [`run:${run.rerunOf}`])];
}

async function behindKey(tx: Tx, tenantId: string, keyId: string): Promise<string[]> {
  const made = await tx
    .select({ by: apiKeys.createdBy })
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), eq(apiKeys.id, keyId)));
  // A key names its maker by the bare id.
  return [...made.map(({ by }) => `user:${by}`), ...(await shapersOf(tx, tenantId, `api_key:${keyId}`))];
}

async function behindTrigger(tx: Tx, tenantId: string, triggerId: string): Promise<string[]> {
  const made = await tx
    .select({ by: triggers.createdBy })
    .from(triggers)
    .where(and(eq(triggers.tenantId, tenantId), eq(triggers.id, triggerId)));
  return [...made.map(({ by }) => by), ...(await shapersOf(tx, tenantId, `trigger:${triggerId}`))];
}

const BEHIND = { run: behindRun, api_key: behindKey, trigger: behindTrigger };

async function behind(tx: Tx, tenantId: string, reference: string): Promise<string[]> {
  for (const [kind, look] of Object.entries(BEHIND)) {
    const id = idIn(reference, kind);
    if (id !== null) return look(tx, tenantId, id);
  }
  return [];
}

/**
 * User ids of the people behind a run, the nearest first, at most PEOPLE_MAX: who started it; who made or altered the key or
 * the trigger that did, or was given its secret; who sent the event that fired the trigger; and who stands behind the run
 * that called it, that fired the trigger by its end, or of which it repeats a part.
 */
export async function requestersOf(tx: Tx, tenantId: string, runId: string): Promise<string[]> {
  const found = new Set([`run:${runId}`]);
  // A set is walked on to what is added meanwhile.
  for (const reference of found) {
    if (found.size >= FOLLOWED_MAX) break;
    for (const next of await behind(tx, tenantId, reference)) found.add(next);
  }
  return [...found].flatMap((reference) => idIn(reference, "user") ?? []).slice(0, PEOPLE_MAX);
}
