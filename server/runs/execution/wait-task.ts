import type { Json } from "@/server/kernel/json";
import { must } from "@/server/kernel/errors";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderText, TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import { MAX_WAIT_SECONDS } from "@/server/workflows/domain/wait-step";
import type { StepResult } from "./act";
import { type Carrying, fail, refused, restUntil, settle, type Stand, STOPPED, type Strand } from "./carrying";
import type { Task } from "./journal";

interface Meant {
  input: Json;
  /** Unix time, in milliseconds. */
  untilMs: number;
}

function momentOf(until: string, from: Date): Meant | StepResult {
  const untilMs = /(Z|[+-]\d{2}:\d{2})$/.test(until) ? Date.parse(until) : NaN;
  if (Number.isNaN(untilMs))
    return refused("wait-until", `"${until.slice(0, 100)}" is no moment to wait for (ISO 8601 with a zone).`, {
      until,
    });
  if (untilMs - from.getTime() > MAX_WAIT_SECONDS * 1_000)
    return refused("wait-until", "It would wait for more than 30 days.", { until });
  return { input: { until }, untilMs };
}

/** Until when a wait lasts that began at a moment; a refusal where that cannot be told or is too far off. */
function meantBy({ seconds, until }: StepOf<"wait">, scope: TemplateScope, from: Date): Meant | StepResult {
  if (until === undefined) {
    const length = must(seconds, "a wait says how long or until when");
    return { input: { seconds: length }, untilMs: from.getTime() + length * 1_000 };
  }
  try {
    return momentOf(renderText(until, scope), from);
  } catch (error) {
    if (error instanceof TemplateError) return refused("template", error.message);
    throw error;
  }
}

/** Waits: beside others that work for as long as they do, else by letting go of the run. */
export async function waitTask(run: Carrying, strand: Strand, task: Task, step: StepOf<"wait">): Promise<Stand> {
  const { state, journal, now } = run;
  const known = state.known.get(task.id);
  if (known?.status === "failed") return fail(run, strand, task, must(known.failure, "a failed task says why"));
  if (known === undefined && run.isOver()) return STOPPED;
  const from = known?.startedAt ?? now();
  const meant = meantBy(step, strand.scope, from);
  const begun = known ?? journal.begin(task, { at: from, input: meant.input });
  if ("ok" in meant) return settle(run, strand, task, begun, meant) ?? STOPPED;
  await journal.flush();
  if (!(await restUntil(run, meant.untilMs))) return { is: "resting", untilMs: meant.untilMs };
  return settle(run, strand, task, begun, { ok: true, input: meant.input, output: null }) ?? STOPPED;
}
