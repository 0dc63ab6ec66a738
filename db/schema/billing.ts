import { sql } from "drizzle-orm";
import {
  bigint,
  boolean,
  foreignKey,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
} from "drizzle-orm/pg-core";
import type { Finding } from "@/policies/entitlements/project";
import type { SkuId } from "@/policies/entitlements/schema";
import { SIGNER_TITLES, type SignerTitle } from "@/policies/entitlements/signing";
import {
  CHECKOUT_STATUSES,
  type CheckoutStatus,
  INBOX_STATUSES,
  type InboxStatus,
  REPORT_STATUSES,
  type ReportStatus,
} from "@/server/billing/domain/inbox";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** A tenant as a customer of the seller. One that was deleted there stays as ended: the next purchase makes another. */
export const billingCustomers = pgTable(
  "billing_customers",
  {
    tenantId: tenantId(),
    /** As the seller names it. */
    id: text("id").notNull(),
    createdAt: moment("created_at"),
    endedAt: maybeMoment("ended_at"),
    /** Whoever fetches it at this moment, until when at most: what others fetched meanwhile is not written. */
    leaseToken: text("lease_token"),
    leaseUntil: maybeMoment("lease_until"),
    /** From when what is written was fetched. */
    syncedAt: maybeMoment("synced_at"),
    /** What an operator is to see to. */
    findings: jsonText<Finding[]>("findings").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("billing_customers_id_key").on(t.id),
    uniqueIndex("billing_customers_living_key")
      .on(t.tenantId)
      .where(sql`ended_at is null`),
  ],
);

/** A Checkout that somebody of a tenant began: one is open at a time. */
export const billingCheckouts = pgTable(
  "billing_checkouts",
  {
    tenantId: tenantId(),
    /** Names the call to the seller too, so that a repeated one makes nothing twice. */
    id: text("id").notNull(),
    customerId: text("customer_id").notNull(),
    plan: text("plan").$type<SkuId>().notNull(),
    addOns: text("add_ons").array().notNull(),
    moreSeats: integer("more_seats").notNull(),
    isTrial: boolean("is_trial").notNull(),
    status: text("status").$type<CheckoutStatus>().notNull(),
    /** The session at the seller and where it is paid; null until it answered. */
    sessionId: text("session_id"),
    url: text("url"),
    beganBy: text("began_by").notNull(),
    beganAt: moment("began_at"),
    expiresAt: maybeMoment("expires_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [billingCustomers.tenantId, billingCustomers.id],
    }),
    uniqueIndex("billing_checkouts_open_key")
      .on(t.tenantId)
      .where(sql`status = 'open'`),
    uniqueIndex("billing_checkouts_session_key").on(t.sessionId),
    oneOf("billing_checkouts_status_check", t.status, CHECKOUT_STATUSES),
  ],
);

/** Events of the seller, each once, kept for longer than it can be asked for them. What they carry is never believed, so not kept. */
export const billingEvents = pgTable(
  "billing_events",
  {
    id: text("id").primaryKey(),
    type: text("type").notNull(),
    customerId: text("customer_id"),
    apiVersion: text("api_version"),
    happenedAt: moment("happened_at"),
    receivedAt: moment("received_at"),
    status: text("status").$type<InboxStatus>().notNull(),
    /** Why it is ignored, quarantined or dead. */
    note: text("note"),
    settledAt: maybeMoment("settled_at"),
  },
  (t) => [
    index("billing_events_waiting_index")
      .on(t.customerId)
      .where(sql`status = 'waiting'`),
    index("billing_events_received_index").on(t.receivedAt),
    oneOf("billing_events_status_check", t.status, INBOX_STATUSES),
  ],
);

/** What a tenant used in an hour, as the seller is told once: from the ledger, which is what counts. */
export const usageReports = pgTable(
  "usage_reports",
  {
    tenantId: tenantId(),
    /** Its first moment. */
    hour: moment("hour"),
    customerId: text("customer_id").notNull(),
    /** The ledger's sum of the hour, in thousandths. */
    weightMilli: bigint("weight_milli", { mode: "number" }).notNull(),
    /** Whole units told; what is less than one is carried to the next hour. */
    units: bigint("units", { mode: "number" }).notNull(),
    /** Names it at the seller, who takes each name once. */
    identifier: text("identifier").notNull(),
    status: text("status").$type<ReportStatus>().notNull(),
    note: text("note"),
    sentAt: maybeMoment("sent_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.hour] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [billingCustomers.tenantId, billingCustomers.id],
    }),
    uniqueIndex("usage_reports_identifier_key").on(t.identifier),
    oneOf("usage_reports_status_check", t.status, REPORT_STATUSES),
  ],
);

/** Who of the operating tenant has signed which content of which version of the catalogue. */
export const catalogueSignatures = pgTable(
  "catalogue_signatures",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    version: integer("version").notNull(),
    /** Over another content of the version it is void. */
    contentHash: text("content_hash").notNull(),
    title: text("title").$type<SignerTitle>().notNull(),
    /** As receipts name people. */
    signedBy: text("signed_by").notNull(),
    signedAt: moment("signed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("catalogue_signatures_title_key").on(t.tenantId, t.version, t.contentHash, t.title),
    uniqueIndex("catalogue_signatures_person_key").on(t.tenantId, t.version, t.contentHash, t.signedBy),
    oneOf("catalogue_signatures_title_check", t.title, SIGNER_TITLES),
  ],
);
