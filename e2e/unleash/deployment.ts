import { accessOf } from "@/policies/entitlements/access";
import { limitsOfPlan, type Projection } from "@/policies/entitlements/projection";
import type { SkuId } from "@/policies/entitlements/schema";
import type { AddOn, Feature } from "@/policies/entitlements/words";
import { flagsBy, flagStoreOf, whyClosed } from "@/server/entitlements";
import { parseEnv } from "@/server/platform/env";
import type { FlagStore } from "@/server/platform/unleash";

const NOW = new Date("2026-11-26T12:00:00Z");

function bought(plan: SkuId | null, addOns: readonly AddOn[]): Projection {
  return {
    ...{ source: "stripe", plan, addOns, seats: 3, status: "active", statusSince: NOW, graceUntil: null },
    ...{ periodEnd: null, cancelAtPeriodEnd: false, endsAt: null, endedAt: null, catalogueVersion: 1 },
    ...{ limits: limitsOfPlan(plan ?? "standard", addOns, 0, 1), previous: null },
  };
}

/** What the product's gate says to a tenant of a plan: why a feature is closed, or that it is open. */
function gateBy(store: FlagStore) {
  const flags = flagsBy(store);
  return (feature: Feature, plan: SkuId | null = "pro", addOns: readonly AddOn[] = [], tenantId = "ten_1") => {
    const projection = bought(plan, addOns);
    const standing = { projection, access: accessOf(projection, NOW) };
    return whyClosed(standing, { tenantId, feature, use: "change" }, flags)?.why ?? "open";
  };
}

/** The flags and the gate of a deployment so configured, as one of its processes has them; it asks the server each second. */
export async function startDeployment(settings: Readonly<Record<string, string>>) {
  const store = flagStoreOf(parseEnv({ CONDUCTOR_SECRET: "x".repeat(40), UNLEASH_REFRESH_SECONDS: "1", ...settings }));
  await store.start();
  return { store, gate: gateBy(store) };
}
