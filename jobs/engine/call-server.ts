import { z } from "zod";
import type { ServerInProcess } from "@/server/platform/inngest";
import { checkpoint } from "./checkpoint";
import type { Claim } from "./claim-calls";
import { commitAnswer } from "./commit-answer";
import { type CallFacts, decide } from "./decide";
import type { Engine } from "./engine";
import { readOps } from "./protocol";
import { eventSink } from "./send-events";

const checkpointSchema = z.object({ qi_id: z.string(), steps: z.array(z.unknown()) });

const answer = (status: number, body: unknown) =>
  new Response(JSON.stringify(body), { status, headers: { "content-type": "application/json" } });

async function keep(engine: Engine, claim: Claim, facts: CallFacts, body: unknown): Promise<Response> {
  const { qi_id: leaseId, steps } = checkpointSchema.parse(body);
  const decision = decide(facts, readOps(steps, null));
  const isPlain = decision.kind === "progress" && decision.opened.length === 0 && !decision.shouldRetry;
  // Anything but finished steps belongs into the call's answer; refused here, the SDK puts it there.
  if (!isPlain || leaseId !== claim.leaseId) return answer(400, { error: "only finished steps can be kept here" });
  // A worker that stops keeps the step as the end of its call, and leaves what follows to others.
  const outcome = engine.isDraining
    ? await commitAnswer(engine, claim, decision, null).then(() => "fenced" as const)
    : await checkpoint(engine, claim, decision.finished);
  return outcome === "fenced" ? answer(409, { error: "the call has passed to another worker" }) : answer(200, {});
}

/** The SDK sends its bodies as text. */
const bodyText = ({ body }: RequestInit): string => (typeof body === "string" ? body : "null");

/** The server that the SDK finds inside one call: it takes events and finished steps, and nothing else. */
export function callServer(engine: Engine, claim: Claim, facts: CallFacts): ServerInProcess {
  const send = eventSink(engine, claim);
  const checkpoints = `/v1/checkpoint/${encodeURIComponent(claim.runId)}/async`;
  return async (url, init) => {
    const body = (): unknown => JSON.parse(bodyText(init));
    if (init.method === "POST" && url.pathname === checkpoints) return keep(engine, claim, facts, body());
    if (init.method === "POST" && url.pathname.startsWith("/e/")) {
      const ids = await send(body(), new Headers(init.headers).get("x-inngest-event-id-seed") ?? "");
      return answer(200, { status: 200, ids });
    }
    return answer(501, { status: 501, error: `The embedded executor does not serve ${url.pathname}.` });
  };
}
