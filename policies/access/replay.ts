import { atoms } from "./atoms";
import { fits, mayByBits, masksOf, roleBits, wordOf } from "./bits";
import type { Policy } from "./policy";
import { parseRequest } from "./request";
import type { Action, GovernanceProfile } from "./vocabulary";

/**
 * By which words recorded keys are read: counts up when the order of roles, environments, risk profiles or relations
 * changes, as bits then mean something else. Roles and relations that are added behind the last change nothing.
 */
export const VOCABULARY_VERSION = 1;

/** All that a decision depended on but the policy: with it the question can be put again to any later one. */
export interface ReplayKey {
  vocabulary: number;
  /** The pack that answered. */
  profile: GovernanceProfile;
  /** Roles as bits, in the order of the vocabulary. */
  roles: number;
  /** Environment, risk and relations as `wordOf` says. */
  word: number;
}

/** The key of a question; null for one that is malformed, as it has no place among the questions. */
export function replayKeyOf(
  { profile, regions }: Pick<Policy, "profile" | "regions">,
  request: unknown,
): ReplayKey | null {
  const parsed = parseRequest(regions, request);
  if (!parsed.isSound) return null;
  const { principal, resource } = parsed.request;
  const governed = "riskProfile" in resource ? resource : null;
  const word = wordOf({
    environment: governed?.environment ?? null,
    riskProfile: governed?.riskProfile ?? null,
    atoms: atoms(parsed.request),
  });
  return { vocabulary: VOCABULARY_VERSION, profile, roles: roleBits(principal.roles), word };
}

/** What policies say to a recorded question: which rules allow, which deny. Of several, all have to allow it. */
export interface Replayed {
  allow: boolean;
  matched: string[];
  denied: string[];
}

/** Puts a recorded question to policies; null where it was recorded in words that are not read any more. */
export function replay(
  policies: readonly Policy[],
  action: Action,
  { vocabulary, roles, word }: ReplayKey,
): Replayed | null {
  if (vocabulary !== VOCABULARY_VERSION) return null;
  const unique = (ids: string[]) => [...new Set(ids)];
  const masks = policies.map((policy) => masksOf(policy, action));
  return {
    allow: policies.every((policy) => mayByBits(policy, roles, action, word)),
    matched: unique(
      masks.flatMap(({ allows }) =>
        allows.filter((mask) => (mask.roles & roles) !== 0 && fits(mask, word)).map(({ clause }) => clause.id),
      ),
    ),
    denied: unique(
      masks.flatMap(({ denies }) => denies.filter((mask) => fits(mask, word)).map(({ clause }) => clause.id)),
    ),
  };
}
