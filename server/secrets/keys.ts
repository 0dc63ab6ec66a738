import { type Env, env } from "@/server/platform/env";
import { secretWrappingKey, type WrappingKey } from "@/server/platform/keys";

/** The deployment's wrapping keys: the one that seals, and all that still open. */
export interface SecretKeys {
  current: WrappingKey;
  byId: ReadonlyMap<string, WrappingKey>;
}

/** The wrapping keys of a configuration: of its master secret, and of the one before while that is being changed. */
export function secretKeysOf(e: Pick<Env, "CONDUCTOR_SECRET" | "CONDUCTOR_SECRET_PREVIOUS">): SecretKeys {
  const current = secretWrappingKey(e.CONDUCTOR_SECRET);
  const previous = e.CONDUCTOR_SECRET_PREVIOUS === undefined ? [] : [secretWrappingKey(e.CONDUCTOR_SECRET_PREVIOUS)];
  return { current, byId: new Map([...previous, current].map((key) => [key.keyId, key])) };
}

/** The wrapping keys of this process's own configuration. */
export const processSecretKeys = (): SecretKeys => secretKeysOf(env());
