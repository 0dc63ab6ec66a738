import type { Policy } from "@/policies/access/policy";
import { type Governing, policiesUnder } from "@/policies/packs/governing";
import { env } from "@/server/platform/env";

/** What decides within a tenant. Never empty; where there are several, the stricter answer counts. */
export const policiesOf = (tenant: Governing): readonly [Policy, ...Policy[]] =>
  policiesUnder(tenant, env().CONDUCTOR_GOVERNANCE_PROFILE);

/** Names what decides, as records keep it. */
export const revisionOf = (tenant: Governing): string =>
  policiesOf(tenant)
    .map(({ revision }) => revision)
    .join(" & ");
