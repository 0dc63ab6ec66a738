import type { RunDetail } from "./run-detail";

type Step = Pick<RunDetail["steps"][number], "type" | "status" | "input" | "startedAt">;

/** When a wait that is under way ends, as an ISO moment; null for any other step, and where it cannot be told. */
export function goesOnAt({ type, status, input, startedAt }: Step): string | null {
  if (type !== "wait" || status !== "running" || typeof input !== "object" || input === null) return null;
  const { seconds, until } = input as { seconds?: unknown; until?: unknown };
  const at =
    typeof seconds === "number"
      ? Date.parse(startedAt) + seconds * 1_000
      : typeof until === "string"
        ? Date.parse(until)
        : Number.NaN;
  return Number.isNaN(at) ? null : new Date(at).toISOString();
}
