import { and, eq } from "drizzle-orm";
import { runs } from "@/db/schema";
import { withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import type { StepOf } from "@/server/workflows/domain/step";
import { renderText, TemplateError, type TemplateScope } from "@/server/workflows/domain/template";
import { isFinal } from "../domain/status";
import { openApproval } from "../open-approval";
import { awaitResult } from "./await-result";
import { type Carrying, fail, refused, settle, type Stand, STOPPED, type Strand } from "./carrying";
import type { Task } from "./journal";

/** The most that is shown of a title and of details, in UTF-16 units, whatever was filled in. */
const MAX_TITLE = 300;
const MAX_DETAILS = 10_000;

const cut = (text: string, most: number) => (text.length <= most ? text : `${text.slice(0, most - 1).toWellFormed()}…`);

interface Words {
  title: string;
  details: string;
}

/** What is asked, filled in; a refusal where that has no value in this run. */
function wordsOf(
  { id, title, details = "" }: StepOf<"approval">,
  scope: TemplateScope,
): Words | ReturnType<typeof refused> {
  try {
    // One line, whatever was filled in: it stands in lists, subjects and notifications.
    const line = renderText(title, scope)
      .replaceAll(/[\p{Cc}\p{Cf}\s]+/gu, " ")
      .trim();
    return { title: cut(line === "" ? id : line, MAX_TITLE), details: cut(renderText(details, scope), MAX_DETAILS) };
  } catch (error) {
    if (error instanceof TemplateError) return refused("template", error.message);
    throw error;
  }
}

/** Asks once, and not for a run that has ended meanwhile. */
async function ask({ ctx, state }: Carrying, task: Task, step: StepOf<"approval">, words: Words): Promise<null> {
  const { tenantId, newId, requestId } = ctx;
  await withTenant(ctx, async (tx) => {
    const [run] = await tx
      .select({ status: runs.status, contentHash: runs.contentHash, startedBy: runs.startedBy })
      .from(runs)
      .where(and(eq(runs.tenantId, tenantId), eq(runs.id, state.runId)))
      .for("share");
    if (run === undefined || isFinal(run.status)) return;
    const { contentHash, startedBy } = run;
    await openApproval(
      tx,
      { newId, requestId, now: ctx.clock.now(), actor: "job:execute-run" },
      { tenantId, runId: state.runId, taskId: task.id, contentHash, startedBy, ...words, stages: step.stages },
    );
  });
  return null;
}

/** Asks people to approve, and waits for what they decide: that, a rejection and an expiry are delivered to it. */
export async function approveTask(run: Carrying, strand: Strand, task: Task, step: StepOf<"approval">): Promise<Stand> {
  const { state, journal, now } = run;
  const known = state.known.get(task.id);
  if (known?.status === "failed") return fail(run, strand, task, must(known.failure, "a failed task says why"));
  const words = wordsOf(step, strand.scope);
  if ("ok" in words) {
    if (known === undefined && run.isOver()) return STOPPED;
    return settle(run, strand, task, known ?? journal.begin(task, { at: now() }), words) ?? STOPPED;
  }
  return awaitResult(run, strand, task, {
    input: { ...words },
    ask: () => ask(run, task, step, words),
    // Each stage has a time of its own, which is kept with the request.
    expiry: () => null,
  });
}
