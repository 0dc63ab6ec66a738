import { bigint, index, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { EVIDENCE_KINDS, type EvidenceKind } from "@/server/evidence/domain/kinds";
import type { Json } from "@/server/kernel/json";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";

/** What was collected as evidence, one row per collection; the bytes lie in the blob store under their digest. */
export const evidenceItems = pgTable(
  "evidence_items",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    kind: text("kind").$type<EvidenceKind>().notNull(),
    /** What it is evidence of, such as the id of an incident or the name of a pack. */
    subject: text("subject").notNull(),
    title: text("title").notNull(),
    fileName: text("file_name").notNull(),
    mediaType: text("media_type").notNull(),
    bytes: bigint("bytes", { mode: "number" }).notNull(),
    /** SHA-256 of the bytes, in hexadecimal. */
    digest: text("digest").notNull(),
    collectedAt: moment("collected_at"),
    coversFrom: maybeMoment("covers_from"),
    coversTo: maybeMoment("covers_to"),
    facts: jsonText<Json>("facts").notNull(),
    /** Who collected it, and in which call: what is repeated collects nothing twice. */
    source: text("source").notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex("evidence_items_source_key").on(t.tenantId, t.kind, t.subject, t.source),
    index("evidence_items_collected_idx").on(t.tenantId, t.collectedAt, t.id),
    index("evidence_items_kind_idx").on(t.tenantId, t.kind, t.collectedAt, t.id),
    oneOf("evidence_items_kind_check", t.kind, EVIDENCE_KINDS),
  ],
);
