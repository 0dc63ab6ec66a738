import { type Feature, FEATURES, openersOf, openerWords } from "@/policies/entitlements/features";
import { pageOf } from "@/policies/entitlements/gates";
import { type Standing, standingOf, whyClosed } from "@/server/entitlements";
import { defineRead, noInput, tenantItself } from "@/server/verb";

/** A sold feature as a tenant has it. */
export interface FeatureDto {
  feature: Feature;
  title: string;
  what: string;
  /** The page of a tenant that is about it; null where it has none. */
  page: string | null;
  /** Why it may not be used now: `not-in-plan`, `read-only`, `held-back`; null where it may. */
  closed: "not-in-plan" | "read-only" | "held-back" | null;
  /** What would open it, with prices. */
  opensWith: string[];
}

/** Every sold feature as it stands for a tenant. */
export function featuresFor(tenantId: string, standing: Standing): FeatureDto[] {
  const names = Object.keys(FEATURES) as Feature[];
  return names.map((feature) => {
    const closed = whyClosed(standing, { tenantId, feature, use: "change" });
    const { title, what } = FEATURES[feature];
    const opens = closed?.why === "not-in-plan" ? openersOf(feature, standing.projection?.plan ?? null) : [];
    return {
      feature,
      title,
      what,
      page: pageOf(feature),
      closed: closed?.why ?? null,
      opensWith: opens.map(openerWords),
    };
  });
}

/** Which sold features the tenant has now, and what would open the others: for every member, as pages say so. */
export const listFeatures = defineRead({
  action: "tenant.read",
  input: noInput,
  load: tenantItself,
  read: async ({ ctx, tx, now }): Promise<FeatureDto[]> =>
    featuresFor(ctx.tenantId, await standingOf(tx, ctx.tenantId, now)),
});
