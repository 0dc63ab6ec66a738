import { setTimeout } from "node:timers/promises";
import { log } from "@/server/platform/log";
import { serverInProcess } from "@/server/platform/inngest";
import { whenBack } from "@/server/platform/when-back";
import { callServer } from "./call-server";
import type { Claim } from "./claim-calls";
import { commitAnswer, type Outcome } from "./commit-answer";
import { complete, completionOf } from "./commit-completions";
import { type CallFacts, type Decision, decide, decideAfterCrashes } from "./decide";
import type { Engine } from "./engine";
import { type Answer, type CallBody, readAnswer } from "./protocol";
import type { SdkEvent } from "./start-runs";

function bodyOf(engine: Engine, claim: Claim, triggers: readonly SdkEvent[], maxAttempts: number): CallBody {
  const events = triggers.map((event) => ({ ...event }));
  const checkpoints = engine.tuning.checkpoints ? { fn_id: claim.functionId, qi_id: claim.leaseId } : {};
  return {
    version: claim.version,
    event: events[0] ?? null,
    events,
    steps: claim.memos,
    ctx: {
      ...checkpoints,
      run_id: claim.runId,
      attempt: claim.attempt,
      max_attempts: maxAttempts,
      // After a crash a step gets a call of its own, so that the step that kills its worker is the one that fails.
      disable_immediate_execution: claim.forcePlan || claim.crashes > 0,
      use_api: false,
      stack: { stack: claim.stack, current: claim.stack.length },
    },
  };
}

function timeLimit(ms: number): { expired: Promise<Answer>; clear(): void } {
  const cleared = new AbortController();
  const error = { name: "Error", message: `The call took longer than ${ms / 1_000} s.` };
  const answer: Answer = { kind: "threw", error, isRetriable: true, retryAfter: null };
  const expired = setTimeout(ms, answer, { signal: cleared.signal });
  // Cleared means nobody waits for it any more.
  expired.catch(() => undefined);
  return { expired, clear: () => cleared.abort() };
}

async function call(
  engine: Engine,
  claim: Claim,
  triggers: readonly SdkEvent[],
  facts: CallFacts,
): Promise<{ answer: Answer; version: number | null }> {
  const limit = timeLimit(engine.tuning.callTimeoutMs);
  const answered = serverInProcess
    .run(callServer(engine, claim, facts), () =>
      engine.sdk.call(claim.functionId, claim.stepId, bodyOf(engine, claim, triggers, facts.maxAttempts)),
    )
    .then((raw) => ({ answer: readAnswer(raw), version: Number(raw.headers["x-inngest-req-version"]) || null }));
  try {
    return await Promise.race([answered, limit.expired.then((answer) => ({ answer, version: null }))]);
  } finally {
    limit.clear();
  }
}

/**
 * Commits, again and again for as long as the lease may last while the database is away: its code has run, and a
 * result that is lost would make it run twice. A commit whose answer got lost finds itself fenced.
 */
async function commit(engine: Engine, claim: Claim, decision: Decision, version: number | null): Promise<Outcome> {
  const completion = completionOf(claim, decision);
  const write = () =>
    completion === null ? commitAnswer(engine, claim, decision, version) : complete(engine, completion);
  const outcome = await whenBack(write, engine.tuning.leaseMs);
  // Said once it is there to be found. The end of a run leads to nothing further, but for one that invoked it.
  if (completion === null || claim.hasParent) engine.hasPlanned = true;
  return outcome;
}

/** A run that nobody can carry out is given up at once: each further try would end the same way. */
const UNREADABLE: Decision = {
  ...{ kind: "finish", status: "failed" },
  error: { name: "UnreadableEventError", message: "The event that started this run cannot be read." },
};

async function makeCall(engine: Engine, claim: Claim): Promise<{ decision: Decision; version: number | null }> {
  if (claim.events === null) return { decision: UNREADABLE, version: null };
  const maxAttempts = engine.configs.get(claim.functionId)?.maxAttempts ?? 1;
  const facts: CallFacts = { stepId: claim.stepId, attempt: claim.attempt, maxAttempts, crashes: claim.crashes };
  const givenUp = decideAfterCrashes(facts);
  if (givenUp !== null) return { decision: givenUp, version: null };
  const { answer, version } = await call(engine, claim, claim.events, facts);
  return { decision: decide(facts, answer), version };
}

/** Runs one claimed call and commits what it came to. No connection is held while the function's own code runs. */
export async function execute(engine: Engine, claim: Claim): Promise<Outcome> {
  const { decision, version } = await makeCall(engine, claim);
  const outcome = await commit(engine, claim, decision, version);
  const line = { runId: claim.runId, functionId: claim.functionId, tenantId: claim.tenantId, call: claim.dedupe };
  if (outcome === "fenced" && !engine.isDraining)
    log().warn(line, "a late result was dropped: the call had passed to another worker");
  else if (decision.kind === "finish" && decision.status === "failed")
    log().warn({ ...line, err: decision.error }, "function failed");
  else log().debug({ ...line, decision: decision.kind }, "call committed");
  return outcome;
}
