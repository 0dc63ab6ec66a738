import { and, eq, sql } from "drizzle-orm";
import { prepared } from "@/db/prepared";
import { type StepOutcome, stepResults } from "@/db/schema";
import { withTenantStatement } from "@/db/tenancy";
import type { Json } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import { type Carrying, fail, refused, restUntil, settle, type Stand, STOPPED, type Strand } from "./carrying";
import type { Task } from "./journal";

/** It could not be asked for now: when to ask again. */
export interface Later {
  againAfterMs: number;
}

/** What a task waits for. */
export interface Awaited {
  /** What is on record as its input. */
  input: Json;
  /**
   * Asks for it, outside of the run; gives what it comes to where that is known at once. Called when the task's begin is
   * committed, and again by each turn that finds nothing delivered: asking twice must be asking once.
   */
  ask: () => Promise<StepOutcome | Later | null>;
  /** When it stops waiting, by when it began; null: never. */
  expiry: (startedAt: Date) => Expiry | null;
}

/** The end of waiting. */
export interface Expiry {
  /** Unix time, in milliseconds. */
  atMs: number;
  /** What the task comes to then. */
  outcome: StepOutcome;
  /** Looks once more for what may have come in time and is still on its way. */
  lastLook?: () => Promise<StepOutcome | null>;
}

const resultOf = prepared("step-result", (db) =>
  db
    .select({ result: stepResults.result })
    .from(stepResults)
    .where(
      and(
        eq(stepResults.tenantId, sql.placeholder("tenantId")),
        eq(stepResults.runId, sql.placeholder("runId")),
        eq(stepResults.taskId, sql.placeholder("taskId")),
      ),
    ),
);

async function deliveredTo({ ctx, state }: Carrying, taskId: string): Promise<StepOutcome | undefined> {
  const [tenantId, runId] = [ctx.tenantId, state.runId];
  const [found] = await withTenantStatement(ctx, (db) => resultOf(db, { tenantId, runId, taskId }));
  return found?.result;
}

/** Waits for what is delivered to a task: beside other ways for as long as they work, else by letting go of the run. */
export async function awaitResult(run: Carrying, strand: Strand, task: Task, awaited: Awaited): Promise<Stand> {
  const { state, journal, now } = run;
  const { input, ask, expiry } = awaited;
  const known = state.known.get(task.id);
  if (known?.status === "failed") return fail(run, strand, task, must(known.failure, "a failed task says why"));
  if (known === undefined && run.isOver()) return STOPPED;
  const begun = known ?? journal.begin(task, { at: now(), input });
  await journal.flush();
  if (journal.hasEnd()) return STOPPED;
  const come = (result: StepOutcome): Stand =>
    settle(run, strand, task, begun, result.ok ? { ...result, input } : refused(result.code, result.message, input)) ??
    STOPPED;
  const delivered = await deliveredTo(run, task.id);
  if (delivered !== undefined) return come(delivered);
  const end = expiry(begun.startedAt);
  if (end !== null && end.atMs <= now().getTime()) {
    const found = await end.lastLook?.();
    // What is no longer on its way was delivered meanwhile.
    return come(found ?? (await deliveredTo(run, task.id)) ?? end.outcome);
  }
  const answered = await ask();
  if (answered !== null && "ok" in answered) return come(answered);
  const againMs = answered === null ? Infinity : now().getTime() + answered.againAfterMs;
  const untilMs = Math.min(end?.atMs ?? Infinity, againMs);
  // What comes while other ways work is taken in by the next turn, which its delivery asks for.
  await restUntil(run, untilMs);
  return { is: "resting", untilMs, isAwaiting: true };
}
