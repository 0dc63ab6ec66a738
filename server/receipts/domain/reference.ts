import { ID_PREFIXES, type IdKind } from "@/server/kernel/ids";

/** Kinds of things that a receipt may be about, in words, and the ids that name them. */
const KINDS = {
  tenant: { words: "tenant", id: "tenant" },
  member: { words: "member", id: "member" },
  invitation: { words: "invitation", id: "invitation" },
  api_key: { words: "API key", id: "apiKey" },
  secret: { words: "secret", id: "secret" },
  workflow: { words: "workflow", id: "workflow" },
  workflow_version: { words: "workflow version", id: "workflowVersion" },
  run: { words: "run", id: "run" },
  approval: { words: "request for approval", id: "approval" },
  access_review: { words: "access review", id: "accessReview" },
  trigger: { words: "trigger", id: "trigger" },
  event: { words: "event", id: "event" },
  policy_change: { words: "policy change", id: "policyChange" },
  break_glass: { words: "break-glass", id: "breakGlass" },
  adapter: { words: "adapter", id: "adapter" },
  remediation: { words: "difference", id: "remediation" },
  slo: { words: "objective", id: "slo" },
  incident: { words: "incident", id: "incident" },
  control_exception: { words: "exception of a control", id: "controlException" },
  on_call_schedule: { words: "on-call schedule", id: "onCallSchedule" },
} as const satisfies Readonly<Record<string, { words: string; id: IdKind }>>;

/** A reference's kind and the rest: `run:run_1` is a `run` and `run_1`; `system` has no rest. */
export function splitReference(reference: string): { kind: string; id: string } {
  const cut = reference.indexOf(":");
  return cut === -1 ? { kind: reference, id: "" } : { kind: reference.slice(0, cut), id: reference.slice(cut + 1) };
}

/** What an actor is called who is no person and stands in no table; null for everybody else. */
export function nameOfMachine(reference: string): string | null {
  const { kind, id } = splitReference(reference);
  if (kind === "system") return "The system";
  if (kind === "job")
    return ["execute-run", "settle-holds", "settle-approvals", "tend-access-reviews"].includes(id)
      ? "The executor"
      : id;
  return kind === "webhook" ? `A message from ${id}` : null;
}

/** The kind of thing that a subject names, in words. */
export function kindWords(reference: string): string {
  const { kind } = splitReference(reference);
  return Object.hasOwn(KINDS, kind) ? KINDS[kind as keyof typeof KINDS].words : kind;
}

/** The subject that somebody means who pastes `run:run_…`, or an id alone such as `run_…`; null for other text. */
export function pastedSubject(text: string): string | null {
  const { id } = splitReference(text);
  const bare = id === "" ? text : id;
  const found = Object.entries(KINDS).find(([, kind]) => bare.startsWith(`${ID_PREFIXES[kind.id]}_`));
  if (found === undefined || !/^[a-z]{3}_[0-9a-f]{32}$/.test(bare)) return null;
  return `${found[0]}:${bare}`;
}
