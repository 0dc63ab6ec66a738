import { type Policy, policyOf } from "@/policies/access/policy";
import type { GovernanceProfile } from "@/policies/access/vocabulary";
import packs from "@/policies/generated/packs.json";
import type { Pack } from "./schema";

/** The packs that are shipped, by name: generated from their files, which were checked then. */
export const PACKS = packs as unknown as Readonly<Record<GovernanceProfile, Pack>>;

const compiled = new Map<GovernanceProfile, Policy>();

/** A shipped pack as it decides. */
export function shippedPolicy(profile: GovernanceProfile): Policy {
  const known = compiled.get(profile);
  if (known !== undefined) return known;
  const policy = policyOf(PACKS[profile]);
  compiled.set(profile, policy);
  return policy;
}
