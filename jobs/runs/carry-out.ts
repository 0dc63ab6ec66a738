import type { GetStepTools, Inngest } from "inngest";
import { conductRun, type ExecutionContext, type Turn, turnSchema } from "@/server/runs";

type Tools = GetStepTools<Inngest>;

/**
 * Carries a run on turn by turn until it has ended. What a turn does it commits by itself, and finds out by it when it is
 * a repeat, so that the engine may keep several turns at a time: a crash costs no finished step.
 */
export async function carryOut(ctx: ExecutionContext, runId: string, tools: Tools): Promise<{ status: string }> {
  const proceed = conductRun(ctx, runId);
  let turn: Turn = { kind: "go" };
  let reachedMs = 0;
  for (let nth = 1; turn.kind !== "ended"; nth += 1) {
    if (turn.kind === "rest") {
      if (turn.afterMs > 0) await tools.sleep(`rest ${nth}`, turn.afterMs);
      reachedMs = turn.untilMs;
    }
    const from = reachedMs;
    turn = turnSchema.parse(await tools.run(`turn ${nth}`, () => proceed(from)));
  }
  return { status: turn.status };
}
