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
import type { Difference, DifferenceKind } from "@/server/billing/domain/difference";
import { SIGNER_TITLES, type SignerTitle } from "@/policies/entitlements/signing";
import {
  CHANGE_STATUSES,
  type ChangeStatus,
  CHECKOUT_STATUSES,
  type CheckoutStatus,
  INBOX_STATUSES,
  type InboxStatus,
  NOTICE_KINDS,
  type NoticeKind,
  LOOKS,
  type Look,
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
    /** Up to when its use is in reports; null until it subscribes to anything that is metered. */
    usageUntil: maybeMoment("usage_until"),
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

/** A change of a living plan that somebody of a tenant ordered: one is open at a time, as the last intent counts. */
export const billingChanges = pgTable(
  "billing_changes",
  {
    tenantId: tenantId(),
    /** Names the calls to the seller too, so that a repeated one changes nothing twice. */
    id: text("id").notNull(),
    customerId: text("customer_id").notNull(),
    subscriptionId: text("subscription_id").notNull(),
    /** What the tenant is to have then. */
    plan: text("plan").$type<SkuId>().notNull(),
    addOns: text("add_ons").array().notNull(),
    moreSeats: integer("more_seats").notNull(),
    /** The moment, in seconds, from which the preview reckoned and the change does. */
    prorationDate: bigint("proration_date", { mode: "number" }).notNull(),
    status: text("status").$type<ChangeStatus>().notNull(),
    /** Where it is paid or confirmed, for one that waits for that. */
    url: text("url"),
    /** When one that is scheduled counts, or one that waits is given up. */
    dueAt: maybeMoment("due_at"),
    orderedBy: text("ordered_by").notNull(),
    orderedAt: moment("ordered_at"),
    settledAt: maybeMoment("settled_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [billingCustomers.tenantId, billingCustomers.id],
    }),
    uniqueIndex("billing_changes_open_key")
      .on(t.tenantId)
      .where(sql`settled_at is null`),
    oneOf("billing_changes_status_check", t.status, CHANGE_STATUSES),
  ],
);

/** What a tenant's administrators were told about its payments, each once. */
export const billingNotices = pgTable(
  "billing_notices",
  {
    tenantId: tenantId(),
    /** What is told, such as a kind with an invoice and the number of the try. */
    key: text("key").notNull(),
    kind: text("kind").$type<NoticeKind>().notNull(),
    noticedAt: moment("noticed_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.key] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    oneOf("billing_notices_kind_check", t.kind, NOTICE_KINDS),
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
    /** How often it was asked for again, as it waited for too long. */
    attempts: integer("attempts").notNull().default(0),
  },
  (t) => [
    index("billing_events_waiting_index")
      .on(t.customerId)
      .where(sql`status = 'waiting'`),
    index("billing_events_received_index").on(t.receivedAt),
    oneOf("billing_events_status_check", t.status, INBOX_STATUSES),
  ],
);

/** The last look at everything that the seller has, of each kind: one row for each. */
export const billingLooks = pgTable(
  "billing_looks",
  {
    id: text("id").$type<Look>().primaryKey(),
    /** Up to when it has seen everything. */
    lookedAt: moment("looked_at"),
    /** Differences that all looks so far have found, by kind. */
    found: jsonText<Partial<Record<DifferenceKind, number>>>("found").notNull(),
    /** Those of the last one that a person is to see to. */
    open: jsonText<Difference[]>("open").notNull(),
  },
  (t) => [oneOf("billing_looks_id_check", t.id, LOOKS)],
);

/** What a tenant used in an hour, as the seller is told once: from the ledger, which is what counts. */
export const usageReports = pgTable(
  "usage_reports",
  {
    tenantId: tenantId(),
    /** Its first moment: within the hour where a period of the subscription begins in it. */
    hour: moment("hour"),
    /** The first moment that is no more in it. */
    until: moment("until"),
    customerId: text("customer_id").notNull(),
    /** The ledger's sum of the hour, in thousandths. */
    weightMilli: bigint("weight_milli", { mode: "number" }).notNull(),
    /** Whole units told; what is less than one is carried to the next hour. */
    units: bigint("units", { mode: "number" }).notNull(),
    /** Names it at the seller, who takes each name once. */
    identifier: text("identifier").notNull(),
    status: text("status").$type<ReportStatus>().notNull(),
    note: text("note"),
    /** When it was first told: the seller knows its name again for a day from then. */
    triedAt: maybeMoment("tried_at"),
    sentAt: maybeMoment("sent_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.hour] }),
    foreignKey({
      columns: [t.tenantId, t.customerId],
      foreignColumns: [billingCustomers.tenantId, billingCustomers.id],
    }),
    uniqueIndex("usage_reports_identifier_key").on(t.identifier),
    index("usage_reports_open_index")
      .on(t.tenantId)
      .where(sql`status in ('waiting', 'held')`),
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
