import { type Policy, policyIn } from "@/policies/access/policy";
import { type Governing, policiesUnder } from "@/policies/packs/governing";
import { invalid } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";

/** What decides within a tenant. Never empty; where there are several, the stricter answer counts. */
export const policiesOf = (tenant: Governing): readonly [Policy, ...Policy[]] =>
  inRegions(policiesUnder(tenant, env().CONDUCTOR_GOVERNANCE_PROFILE));

function inRegions([first, ...others]: readonly [Policy, ...Policy[]]): readonly [Policy, ...Policy[]] {
  const { CONDUCTOR_REGIONS: regions } = env();
  return [policyIn(first, regions), ...others.map((policy) => policyIn(policy, regions))];
}

/** Refuses a region that the deployment does not have (Invalid): what is of it could not be decided about. */
export function requireKnownRegion(region: string | undefined, field = "region"): void {
  const { CONDUCTOR_REGIONS: regions } = env();
  if (region === undefined || regions.includes(region)) return;
  throw invalid(`There is no region ${region} here. There are: ${regions.join(", ")}.`, { field });
}

/** Names what decides, as records keep it. */
export const revisionOf = (tenant: Governing): string =>
  policiesOf(tenant)
    .map(({ revision }) => revision)
    .join(" & ");
