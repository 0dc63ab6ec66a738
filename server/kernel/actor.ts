/** Who acts. A union, so that a receipt always knows which kind of "who" it names. */
export type Actor =
  | { kind: "user"; userId: string; email: string; sessionId: string }
  | { kind: "api_key"; apiKeyId: string; name: string }
  | { kind: "trigger"; triggerId: string; name: string }
  /** A run that calls another workflow. */
  | { kind: "run"; runId: string }
  | { kind: "job"; functionId: string; runId: string }
  | { kind: "webhook"; source: string }
  | { kind: "system"; reason: string };

/** A stable, comparable name for an actor, such as `user:usr_…`. */
export function actorRef(actor: Actor): string {
  switch (actor.kind) {
    case "user":
      return `user:${actor.userId}`;
    case "api_key":
      return `api_key:${actor.apiKeyId}`;
    case "trigger":
      return `trigger:${actor.triggerId}`;
    case "run":
      return `run:${actor.runId}`;
    case "job":
      return `job:${actor.functionId}`;
    case "webhook":
      return `webhook:${actor.source}`;
    case "system":
      return "system";
  }
}
