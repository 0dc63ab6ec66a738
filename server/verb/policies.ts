import type { Policy } from "@/policies/access/policy";
import { shippedPolicy } from "@/policies/packs";
import type { GovernanceProfile } from "@/policies/access/vocabulary";

/** What decides within a tenant: its pack. Never empty; where there are several, the stricter answer counts. */
export function policiesOf({
  governanceProfile,
}: {
  governanceProfile: GovernanceProfile;
}): readonly [Policy, ...Policy[]] {
  return [shippedPolicy(governanceProfile)];
}

/** Names what decides, as records keep it. */
export const revisionOf = (tenant: Parameters<typeof policiesOf>[0]): string =>
  policiesOf(tenant)
    .map(({ revision }) => revision)
    .join(" & ");
