import type { Json } from "@/server/kernel/json";
import { jsonFault } from "@/server/kernel/json";
import type { StepOutcome } from "@/db/schema";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderJson, TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import { EVENT_TIMEOUT_SECONDS } from "@/server/workflows/domain/wait-step";
import type { AwaitedEvent, Matches } from "../domain/event-match";
import type { StepResult } from "./act";
import { awaitResult } from "./await-result";
import { type Carrying, refused, settle, type Stand, STOPPED, type Strand } from "./carrying";
import { findUndelivered } from "./event-waits";
import type { Task } from "./journal";
import { weigh } from "./run-state";

/** The most that the values to compare weigh together as JSON, in bytes: they are kept with each wait. */
const MAX_MATCH_BYTES = 10_000;

type WaitForEvent = StepOf<"wait"> & { event: string };

/** What is waited for, filled in; a refusal where that has no value in this run, or is too much to compare. */
function awaitedBy(step: WaitForEvent, scope: TemplateScope): AwaitedEvent | StepResult {
  const { event, when = null, timeout_seconds = EVENT_TIMEOUT_SECONDS } = step;
  try {
    const match = renderJson(step.match ?? {}, scope) as Matches;
    if (weigh(match) > MAX_MATCH_BYTES || jsonFault(match) !== null)
      return refused(
        "match",
        `What the event is compared with is no plain text, or more than ${MAX_MATCH_BYTES} bytes.`,
      );
    return { event, match, when, timeout_seconds };
  } catch (error) {
    if (error instanceof TemplateError) return refused("template", error.message);
    throw error;
  }
}

function atTimeout({ event, timeout_seconds }: AwaitedEvent, step: WaitForEvent): StepOutcome {
  if (step.on_timeout === "continue") return { ok: true, output: null };
  return { ok: false, code: "event-timeout", message: `No event ${event} that fits came within ${timeout_seconds} s.` };
}

/**
 * Waits for an event that a program sends. That it waits is committed with its begin, so what is sent from then on finds
 * it; at its end it looks once more at what is still on its way.
 */
export async function awaitEvent(run: Carrying, strand: Strand, task: Task, step: WaitForEvent): Promise<Stand> {
  const { ctx, state, journal, now } = run;
  const awaited = awaitedBy(step, strand.scope);
  if ("ok" in awaited) {
    const known = state.known.get(task.id);
    if (known === undefined && run.isOver()) return STOPPED;
    return settle(run, strand, task, known ?? journal.begin(task, { at: now() }), awaited) ?? STOPPED;
  }
  const input: Json = { ...awaited };
  return awaitResult(run, strand, task, {
    input,
    ask: () => Promise.resolve(null),
    expiry: (startedAt) => ({
      atMs: startedAt.getTime() + awaited.timeout_seconds * 1_000,
      outcome: atTimeout(awaited, step),
      lastLook: () => findUndelivered(ctx, { tenantId: ctx.tenantId, runId: state.runId, taskId: task.id }),
    }),
  });
}
