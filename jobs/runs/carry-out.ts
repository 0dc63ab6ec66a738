import type { GetStepTools, Inngest } from "inngest";
import { conductRun, type ExecutionContext, runWoken, type Turn, turnSchema } from "@/server/runs";

type Tools = GetStepTools<Inngest>;
type Rest = Extract<Turn, { kind: "rest" }>;

/**
 * How long a rest that awaits something lasts before the run looks by itself, in milliseconds: what wakes it may come while
 * its engine is not listening yet. Twice as long each time, up to an hour.
 */
const LOOK_MS = 60_000;
const LOOK_MS_MOST = 3_600_000;

/** The SDK counts lengths in whole seconds and drops what is over: a rest must not end before its moment. */
const wholeSeconds = (ms: number) => Math.ceil(ms / 1_000) * 1_000;

/** Rests for as long as there is nothing to do; gives the moment that has come by then (Unix time; 0: none). */
async function rest(tools: Tools, name: string, { due, isAwaiting, isCalled }: Rest, looks: number): Promise<number> {
  if (due !== null && due.afterMs === 0) return due.untilMs;
  if (due !== null && !isAwaiting && !isCalled) {
    await tools.sleep(name, wholeSeconds(due.afterMs));
    return due.untilMs;
  }
  const lookMs = Math.min(LOOK_MS * 2 ** looks, LOOK_MS_MOST);
  const timeout = due === null ? lookMs : isAwaiting ? Math.min(due.afterMs, lookMs) : due.afterMs;
  const woken = await tools.waitForEvent(name, {
    event: runWoken.name,
    if: "async.data.runId == event.data.runId",
    timeout: wholeSeconds(timeout),
  });
  return woken === null && due !== null && timeout === due.afterMs ? due.untilMs : 0;
}

/**
 * Carries a run on turn by turn until it has ended. What a turn does it commits by itself, and finds out by it when it is
 * a repeat, so that the engine may keep several turns at a time: a crash costs no finished step.
 */
export async function carryOut(ctx: ExecutionContext, runId: string, tools: Tools): Promise<{ status: string }> {
  const proceed = conductRun(ctx, runId);
  let turn: Turn = { kind: "go" };
  let reachedMs = 0;
  let looks = 0;
  for (let nth = 1; turn.kind !== "ended"; nth += 1) {
    if (turn.kind === "rest") {
      reachedMs = Math.max(reachedMs, await rest(tools, `rest ${nth}`, turn, looks));
      looks = turn.isAwaiting ? looks + 1 : 0;
    }
    const from = reachedMs;
    turn = turnSchema.parse(await tools.run(`turn ${nth}`, () => proceed(from)));
  }
  return { status: turn.status };
}
