import { plansWithMore, planWords } from "@/policies/entitlements/more";
import type { Limits } from "@/policies/entitlements/projection";
import { limitReached, type Refusal } from "@/server/kernel/errors";
import type { Standing } from "./gate";

interface Hit {
  limit: keyof Limits;
  /** What the plan has, and how much of it is taken. */
  allowed: number;
  taken: number;
  /** What is full, in words after the plan's name, and what else may be done about it. */
  words: string;
  else?: string;
  /** Names the limit to programs. */
  reason: string;
  retryAfterSeconds?: number;
}

/** The refusal (LimitReached) of what a plan's limit has no place for: which limit, of which plan, and what has more. */
export function beyondPlan({ projection }: Standing, hit: Hit): Refusal {
  const { allowed, taken, words, reason, retryAfterSeconds } = hit;
  const more = plansWithMore(hit.limit, allowed);
  const options = [
    ...(hit.else === undefined ? [] : [hit.else]),
    ...(more.length === 0 ? [] : [`More: ${more.join("; ")}.`]),
  ];
  return limitReached([`${planWords(projection)} ${words}.`, ...options].join(" "), {
    ...{ reason, limit: allowed, taken, plan: projection?.plan ?? null, more },
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });
}
