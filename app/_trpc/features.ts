import { cache } from "react";
import type { Feature } from "@/policies/entitlements/words";
import { must } from "@/server/kernel/errors";
import { load } from "./load";
import { tenantApi } from "./server";

const featuresOf = cache(async (tenant: string) => load((await tenantApi(tenant)).billing.features({})));

/** How a sold feature stands for a tenant that the reader has entered: whether it is open, and what would open it. */
export async function featureOf(tenant: string, feature: Feature) {
  return must(
    (await featuresOf(tenant)).find((each) => each.feature === feature),
    "every feature is listed",
  );
}
