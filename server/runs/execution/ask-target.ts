import type { Json } from "@/server/kernel/json";
import { callOut, type EgressAnswer, EgressError, type EgressRequest } from "@/server/platform/egress";
import { type Circuits, createCircuits, type Verdict } from "./circuits";
import type { ExecutionContext } from "./context";
import { StepFailure } from "./step-failure";

const ofProcess: Circuits = createCircuits();

export interface Question {
  /** What a step that fails says it was about to send. */
  input: Json;
  request: EgressRequest;
  /** Whether an answer of this status is a good one; one of 500 to 599 that is not tells that the host is in trouble. */
  isExpected: (status: number) => boolean;
}

const verdictOn = (status: number, isExpected: Question["isExpected"]): Verdict =>
  status >= 500 && status <= 599 && !isExpected(status) ? "failed" : "well";

/** What an exchange without an answer says of its host: one that was refused by ourselves says nothing. */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof EgressError)) return "unknown";
  if (error.isRetriable) return "failed";
  return error.reason === "too-large" ? "well" : "unknown";
}

/** Says of an exchange without an answer what was sent. */
const withInput =
  (input: Json) =>
  (error: unknown): never => {
    if (error instanceof EgressError)
      throw new StepFailure(error.reason, error.message, { input, isRetriable: error.isRetriable });
    throw error;
  };

/**
 * Asks a step's target, unless its host has failed this tenant again and again: then throws StepFailure `circuit-open` at
 * once, which a later attempt may find closed. Without an answer StepFailure says why, and what was sent.
 */
export async function askTarget(
  ctx: ExecutionContext,
  { input, request, isExpected }: Question,
  circuits: Circuits = ofProcess,
): Promise<EgressAnswer> {
  const target = URL.parse(request.url);
  // What is no address is refused in its own words.
  if (target === null) return callOut(request, ctx.egress).catch(withInput(input));
  // Scheme, host and port: what fails together. One tenant's say nothing to another: its calls may differ.
  const permit = await circuits.enter(`${ctx.tenantId} ${target.origin}`);
  if ("openMs" in permit) {
    const until = new Date(ctx.clock.now().getTime() + permit.openMs).toISOString();
    throw new StepFailure(
      "circuit-open",
      `Nothing was sent: the last ${permit.failures} attempts to ${target.host} failed. Circuit open until ${until}; then one attempt is let through.`,
      { input, isRetriable: true },
    );
  }
  try {
    const answer = await callOut(request, ctx.egress);
    permit.end(verdictOn(answer.status, isExpected));
    return answer;
  } catch (error) {
    permit.end(verdictOf(error));
    return withInput(input)(error);
  }
}
