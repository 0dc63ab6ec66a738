import { must } from "@/server/kernel/errors";
import { whenBack } from "@/server/platform/when-back";
import { isFinal } from "../domain/status";
import type { Turn } from "../domain/turn";
import type { Carrying, Strand } from "./carrying";
import type { ExecutionContext } from "./context";
import { keepJournal, Overtaken } from "./journal";
import { killHeldRun } from "./kill-held-runs";
import { keepRests } from "./rests";
import { loadState, type RunState } from "./run-state";
import { carry } from "./strand";

/** How long a turn goes on beginning steps; the engine then hears of it, and the run goes on in the next. */
const TURN_MS = 5_000;

/** What was read this long ago is read again before a turn is taken. */
const FRESH_MS = 250;

/** How long reading a run may wait for a database that is away, in milliseconds. */
const AWAY_MS = 8_000;

const ABANDONED = { code: "caller-ended", message: "The run that called this one has ended, so nobody waits for it." };

/**
 * Carries a run on, one turn at a time; made anew for each call of the engine. A turn does all that can be done now, every
 * commit in a transaction of its own: so one that is taken again, by whomever, goes on where the database stands. It is
 * told the moment that the engine has waited for (Unix time; 0: none), as no other clock than the database's is trusted.
 */
export function conductRun(ctx: ExecutionContext, runId: string): (reachedMs: number) => Promise<Turn> {
  let held: RunState | null = null;

  const reload = async (): Promise<RunState> => (held = await whenBack(() => loadState(ctx, runId), AWAY_MS));

  const standing = async (): Promise<Turn> => {
    const { status } = await reload();
    return isFinal(status) ? { kind: "ended", status } : { kind: "go" };
  };

  const take = async (state: RunState, reachedMs: number): Promise<Turn> => {
    const { clock, definition, input } = state;
    const passedMs = () => clock.readMs + performance.now() - clock.at;
    clock.readMs += Math.max(0, reachedMs - passedMs());
    const until = performance.now() + TURN_MS;
    const journal = keepJournal(ctx, state);
    const isLate = () => performance.now() > until;
    const { size: before } = state.known;
    // Each turn gets somewhere before it lets go of what waits to be computed, however busy its tenant keeps the sandbox.
    const isDropped = () => journal.hasEnd() || (isLate() && state.known.size > before);
    const run: Carrying = {
      ...{ ctx, state, journal, rests: keepRests(), now: () => new Date(passedMs()) },
      isOver: () => journal.hasEnd() || isLate(),
      asker: { tenantId: ctx.tenantId, runId, isOver: isDropped },
    };
    if (state.isAbandoned) {
      journal.finish({ status: "failed", failure: ABANDONED });
      await journal.flush();
      return { kind: "ended", status: "failed" };
    }
    const strand: Strand = { scope: { input, steps: {} }, isKept: false, within: [] };
    const stand = await carry(run, strand, must(definition.steps[0], "a definition has a first step").id);
    if (stand.is === "done") journal.finish({ status: "succeeded", output: stand.output });
    await journal.flush();
    if (isFinal(state.status)) return { kind: "ended", status: state.status };
    if (stand.is !== "resting") return { kind: "go" };
    const { isAwaiting = false } = stand;
    const { isCalled } = state;
    if (stand.untilMs === Infinity) return { kind: "rest", due: null, isAwaiting, isCalled };
    const untilMs = Math.ceil(stand.untilMs);
    const due = { untilMs, afterMs: Math.max(0, Math.ceil(untilMs - passedMs())) };
    return { kind: "rest", due, isAwaiting, isCalled };
  };

  return async (reachedMs) => {
    const isFresh = held !== null && performance.now() - held.seenAt < FRESH_MS;
    const state = held !== null && isFresh ? held : await reload();
    if (isFinal(state.status)) return { kind: "ended", status: state.status };
    try {
      if (state.isKillOn) throw new Overtaken("killed");
      return await take(state, reachedMs);
    } catch (error) {
      // What became of the transaction is not known: the database says.
      held = null;
      if (!(error instanceof Overtaken)) throw error;
      if (error.by === "killed") await killHeldRun(ctx, state);
      return standing();
    }
  };
}
