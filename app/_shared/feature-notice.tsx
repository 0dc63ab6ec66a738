import type { ReactNode } from "react";
import { featureOf } from "@/app/_trpc/features";
import { enterTenant } from "@/app/_trpc/tenant";
import type { Feature } from "@/policies/entitlements/words";
import { hintOf } from "./hints";
import { Locked } from "./locked";

interface Props {
  tenant: string;
  feature: Feature;
  /** What being closed means on this page. */
  children?: ReactNode;
}

/** Says on a page that its feature is closed to the tenant, and what opens it; nothing where it is open. */
export async function FeatureNotice({ tenant, feature, children }: Props) {
  const [standing, { here }] = await Promise.all([featureOf(tenant, feature), enterTenant(tenant)]);
  const billingHref = hintOf(here, "billing.read").may ? `/t/${tenant}/billing` : null;
  return (
    <Locked feature={standing} billingHref={billingHref}>
      {children}
    </Locked>
  );
}
