import { Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";

/** A refusal as an HTTP answer; anything else says nothing but which request to ask about. */
export function refusalAnswer(thrown: unknown, requestId: string): Response {
  if (!(thrown instanceof Refusal)) {
    log().error({ requestId, err: thrown }, "a sign-in call failed");
    const message = `Something broke on our side. Quote request ${requestId} when you ask for help.`;
    return Response.json({ error: { code: "Internal", message, requestId, details: {} } }, { status: 500 });
  }
  const { code, message, details, status } = thrown;
  const answer = Response.json({ error: { code, message, requestId, details } }, { status });
  if (typeof details.retryAfterSeconds === "number")
    answer.headers.set("retry-after", String(details.retryAfterSeconds));
  return answer;
}
