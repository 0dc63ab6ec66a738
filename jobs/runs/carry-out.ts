import type { GetStepTools, Inngest } from "inngest";
import { conductRun, type ExecutionContext, type Turn, turnSchema } from "@/server/runs";

type Tools = GetStepTools<Inngest>;

/** What the engine calls a turn: the same for the same turn, and for no other of its run. */
function nameOf(turn: Turn): string {
  if (turn.kind === "begin" || turn.kind === "ended") return turn.kind;
  if (turn.kind === "act") return turn.attempt === 1 ? turn.stepId : `${turn.stepId}:attempt-${turn.attempt}`;
  return `${turn.stepId}:${turn.kind}`;
}

/**
 * Carries a run on turn by turn until it has ended. Each turn commits what it did in a transaction of its own and finds
 * out by it when it is a repeat, so that the engine may keep several turns at a time: a crash costs no finished step.
 */
export async function carryOut(ctx: ExecutionContext, runId: string, tools: Tools): Promise<{ status: string }> {
  const proceed = conductRun(ctx, runId);
  let turn: Turn = { kind: "begin" };
  while (turn.kind !== "ended") {
    const current: Turn = turn;
    const name = nameOf(current);
    if ("afterMs" in current && current.afterMs > 0) await tools.sleep(`${name}:pause`, current.afterMs);
    turn = turnSchema.parse(await tools.run(name, () => proceed(current)));
  }
  return { status: turn.status };
}
