import { createHash } from "node:crypto";
import type { ConcurrencyLimit, FunctionConfig } from "./config";
import { keyOf } from "./expressions";

/** A longer one is kept as its hash: what events carry must not make rows of any size. */
const LONGEST_KEY = 128;

/** Says which kind it is, so that no key that somebody chose can stand for another. */
const bounded = (text: string) =>
  text.length <= LONGEST_KEY ? `=${text}` : `#${createHash("sha256").update(text).digest("hex")}`;

/** All starts of the function, when its control has no key. */
const EVERYTHING = "*";
/** Of starts whose key cannot be told. */
const UNKNOWN = "?";

/**
 * The key of a control that drops, replaces or joins starts. Null where it cannot be told: such a start is left alone,
 * since a shared key would lose events that have nothing to do with each other.
 */
export function keyOfStart(expression: string | null, event: unknown): string | null {
  if (expression === null) return EVERYTHING;
  const text = keyOf(expression, { event });
  return text === null ? null : bounded(text);
}

/** The key of a control that only delays: starts whose key cannot be told share one, so that none escapes the limit. */
export const sharedKeyOfStart = (expression: string | null, event: unknown): string =>
  keyOfStart(expression, event) ?? UNKNOWN;

function concurrencyKey(functionId: string, tenantId: string, limit: ConcurrencyLimit, place: number, event: unknown) {
  const key = sharedKeyOfStart(limit.key, event);
  return limit.scope === "fn" ? `fn/${functionId}/${tenantId}/${place}/${key}` : `${limit.scope}/${key}`;
}

/**
 * The keys of which a call of a run takes a slot, one per limit of its function, in the same order. Those of scope `fn`
 * belong to function and tenant; those of `env` and `account` are shared by all functions and tenants that name them.
 */
export const concurrencyKeys = (config: FunctionConfig, tenantId: string, event: unknown): string[] =>
  config.concurrency.map((limit, place) => concurrencyKey(config.id, tenantId, limit, place, event));
