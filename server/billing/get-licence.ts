import { count } from "drizzle-orm";
import { tenants } from "@/db/schema";
import { withSystem } from "@/db/tenancy";
import { skuNamed } from "@/policies/entitlements/catalogue";
import { daysLeft, hasExpired } from "@/policies/entitlements/licence";
import { installedLicence } from "@/server/entitlements";
import { defineRead, noInput } from "@/server/verb";
import { billingItself } from "./billing-itself";

/** The licence of a deployment. Null for as many as one likes. */
export interface LicenceDto {
  id: string;
  title: string;
  holder: string;
  issuer: string;
  deployment: string;
  addOns: readonly string[];
  /** ISO 8601. */
  expiresAt: string;
  /** Whole days, the one under way included. */
  daysLeft: number;
  hasExpired: boolean;
  tenants: { most: number | null; there: number };
  seatsPerTenant: number | null;
  concurrentRunsPerTenant: number | null;
}

/**
 * What the deployment is licensed for, to the operating tenant: it is a contract of whoever operates, and no affair of its
 * customers. Null without a licence, and to every other tenant.
 */
export const getLicence = defineRead({
  action: "billing.read",
  input: noInput,
  load: billingItself,
  read: async ({ ctx, now }): Promise<LicenceDto | null> => {
    const licence = installedLicence(now);
    if (licence === null || !ctx.tenant.isOperator) return null;
    const [row] = await withSystem(ctx, "count-tenants", (tx) => tx.select({ there: count() }).from(tenants));
    const { id, sku, holder, issuer, deployment, addOns, expiresAt, seats, concurrentRuns } = licence;
    return {
      ...{ id, title: skuNamed(sku).title, holder, issuer, deployment, addOns, expiresAt },
      ...{ daysLeft: daysLeft(licence, now), hasExpired: hasExpired(licence, now) },
      tenants: { most: licence.tenants, there: row?.there ?? 0 },
      ...{ seatsPerTenant: seats, concurrentRunsPerTenant: concurrentRuns },
    };
  },
});
