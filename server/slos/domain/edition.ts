import type { GovernanceProfile } from "@/policies/access/vocabulary";
import type { Edition } from "./slo";

const EDITION_OF: Readonly<Record<GovernanceProfile, Edition>> = {
  "conductor-governance-internal": "internal",
  "conductor-governance-white-label": "white-label",
  "conductor-governance-saas": "saas",
};

/** The edition whose objectives a tenant has: that of the pack which governs it. */
export const editionOf = (profile: GovernanceProfile): Edition => EDITION_OF[profile];
