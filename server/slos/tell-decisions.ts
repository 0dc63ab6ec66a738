import type { Database } from "@/db/client";
import type { Clock } from "@/server/kernel/clock";
import { takeDecisionCounts } from "@/server/verb";
import { countEvents } from "./count-events";
import type { SloEvent } from "./domain/event";

interface Waiting {
  tenantId: string;
  event: SloEvent;
}

/** Tenants of which what could not be told is kept, at most: a database that is away for long is no reason to run out of memory. */
const MOST_WAITING = 100_000;

/**
 * Tells the objectives of each tenant of the decisions that this process has taken since it was last asked. What could not be told is
 * kept and told again under the same id, so that it counts once though an answer was lost.
 */
export function decisionTeller(
  { database, clock }: { database: Database; clock: Clock },
  processId: string,
): () => Promise<void> {
  let waiting: Waiting[] = [];
  let told = 0;
  let isAtWork = false;
  return async () => {
    if (isAtWork) return;
    isAtWork = true;
    const at = clock.now();
    told += 1;
    for (const { tenantId, good, total } of takeDecisionCounts())
      waiting.push({ tenantId, event: { id: `${processId}:${told}`, at, fact: { kind: "decisions", good, total } } });
    const left: Waiting[] = [];
    try {
      for (const { tenantId, event } of waiting)
        await countEvents({ database, clock, tenantId }, [event]).catch(() => left.push({ tenantId, event }));
    } finally {
      waiting = left.slice(-MOST_WAITING);
      isAtWork = false;
    }
  };
}
