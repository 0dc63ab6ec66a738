import { bigint, foreignKey, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { Json } from "@/server/kernel/json";
import { jsonText, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Columns every link of a hash chain has: its place, what it says, and what it is chained to. */
const link = {
  tenantId: tenantId(),
  id: text("id").notNull(),
  seq: bigint("seq", { mode: "number" }).notNull(),
  at: moment("at"),
  actor: text("actor").notNull(),
  action: text("action").notNull(),
  subject: text("subject").notNull(),
  body: jsonText<Json>("body").notNull(),
  previousHash: text("previous_hash").notNull(),
  hash: text("hash").notNull(),
};

/** What was done. The app role may add and read, never change or remove. */
export const receipts = pgTable("receipts", link, (t) => [
  primaryKey({ columns: [t.tenantId, t.id] }),
  foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  uniqueIndex("receipts_seq_key").on(t.tenantId, t.seq),
  index("receipts_subject_idx").on(t.tenantId, t.subject, t.seq),
]);

/** What was asked and answered: every denial, every privileged permission. */
export const decisions = pgTable("decisions", link, (t) => [
  primaryKey({ columns: [t.tenantId, t.id] }),
  foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  uniqueIndex("decisions_seq_key").on(t.tenantId, t.seq),
  index("decisions_at_idx").on(t.tenantId, t.at),
]);

/** One signature over where both chains stand, also appended outside the database. */
export const signedHeads = pgTable(
  "signed_heads",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    at: moment("at"),
    receiptSeq: bigint("receipt_seq", { mode: "number" }).notNull(),
    receiptHash: text("receipt_hash").notNull(),
    decisionSeq: bigint("decision_seq", { mode: "number" }).notNull(),
    decisionHash: text("decision_hash").notNull(),
    keyId: text("key_id").notNull(),
    /** Ed25519 over the canonical JSON of the head, base64url. */
    signature: text("signature").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("signed_heads_seq_key").on(t.tenantId, t.receiptSeq, t.decisionSeq),
  ],
);
