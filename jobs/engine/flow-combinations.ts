import type { Registered } from "./registered";

/** Options that Inngest does not combine with batches either: each is about one event. */
const NOT_IN_BATCHES = ["cancel", "debounce", "singleton", "priority", "rateLimit", "idempotency"] as const;

/** As people write it: the SDK registers `cancelOn` as `cancel`. */
const nameOf = (option: (typeof NOT_IN_BATCHES)[number]) => (option === "cancel" ? "cancelOn" : option);

/** Keys that are looked up in the event, of options that are about runs. */
function keysOfRuns({ throttle, concurrency }: Registered): { option: string; key: string | undefined }[] {
  const limits = typeof concurrency === "object" ? [concurrency].flat() : [];
  return [
    { option: "throttle.key", key: throttle?.key },
    ...limits.map(({ key }) => ({ option: "concurrency.key", key })),
  ];
}

/** Why options of one function cannot be had together, one line each. */
export function combinationProblems(asked: Registered): string[] {
  const { batchEvents, idempotency, rateLimit } = asked;
  const problems: string[] = [];
  if (idempotency !== undefined && rateLimit !== undefined)
    problems.push("idempotency would override rateLimit: ask for one of them");
  if (batchEvents === undefined) return problems;
  for (const option of NOT_IN_BATCHES) {
    const value = asked[option];
    if (value === undefined || (Array.isArray(value) && value.length === 0)) continue;
    problems.push(`batchEvents and ${nameOf(option)} exclude each other`);
  }
  for (const { option, key } of keysOfRuns(asked)) {
    // One key for many events: only the batch's own is the same for all of them.
    if (key === undefined || key === batchEvents.key || !/\bevent\b/.test(key)) continue;
    problems.push(`${option} differs from batchEvents.key, so that a batch has no such key`);
  }
  return problems;
}
