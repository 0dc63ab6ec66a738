import { sql } from "drizzle-orm";
import { boolean, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Limits } from "@/policies/entitlements/projection";
import type { SkuId } from "@/policies/entitlements/schema";
import { SOLD_BY, type SoldBy } from "@/server/entitlements/domain/source";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** What a tenant has bought, as one row: a projection of what the seller says. A tenant without a row has bought nothing. */
export const entitlements = pgTable(
  "entitlements",
  {
    tenantId: tenantId(),
    /** Counts up with each change: the seller's own times tie within a second. */
    version: integer("version").notNull(),
    source: text("source").$type<SoldBy>().notNull(),
    /** The tenant at the seller; stays when the customer is deleted there. */
    customerId: text("customer_id").notNull(),
    plan: text("plan").$type<SkuId>(),
    /** Words of `policies/entitlements`; one that a release does not know unlocks nothing there. */
    addOns: text("add_ons").array().notNull(),
    /** Null where as many as one likes. */
    seats: integer("seats"),
    /** The seller's word, which may be one that no release knows yet. */
    status: text("status").notNull(),
    statusSince: moment("status_since"),
    graceUntil: maybeMoment("grace_until"),
    periodEnd: maybeMoment("period_end"),
    cancelAtPeriodEnd: boolean("cancel_at_period_end").notNull(),
    endsAt: maybeMoment("ends_at"),
    endedAt: maybeMoment("ended_at"),
    limits: jsonText<Limits>("limits").notNull(),
    catalogueVersion: integer("catalogue_version").notNull(),
    /** What was there before a purchase that is not complete, as JSON of the same. */
    previous: jsonText<unknown>("previous"),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("entitlements_customer_key").on(t.source, t.customerId),
    oneOf("entitlements_source_check", t.source, SOLD_BY),
  ],
);

/** What an operator has granted to a tenant by hand, until a day: one at a time, the others are how it was before. */
export const entitlementOverrides = pgTable(
  "entitlement_overrides",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** Takes the place of what was bought; null leaves that, and adds to it. */
    plan: text("plan").$type<SkuId>(),
    addOns: text("add_ons").array().notNull(),
    /** Beside those that the plan includes. */
    moreSeats: integer("more_seats").notNull(),
    catalogueVersion: integer("catalogue_version").notNull(),
    reason: text("reason").notNull(),
    grantedBy: text("granted_by").notNull(),
    grantedAt: moment("granted_at"),
    expiresAt: moment("expires_at"),
    /** When it was taken away or another took its place; null while it counts or has expired. */
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("entitlement_overrides_open_key")
      .on(t.tenantId)
      .where(sql`ended_at is null`),
  ],
);

/** That a tenant tries a plan without paying, once: the row stays when it is over. */
export const entitlementTrials = pgTable(
  "entitlement_trials",
  {
    tenantId: tenantId(),
    plan: text("plan").$type<SkuId>().notNull(),
    catalogueVersion: integer("catalogue_version").notNull(),
    /** The person who founded the tenant: nobody tries twice by founding again. */
    startedBy: text("started_by").notNull(),
    startedAt: moment("started_at"),
    endsAt: moment("ends_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("entitlement_trials_person_key").on(t.startedBy),
    index("entitlement_trials_ends_index").on(t.endsAt),
  ],
);
