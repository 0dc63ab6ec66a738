import { bigint, boolean, check, foreignKey, index, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { sql } from "drizzle-orm";
import { BUNDLE_TAGS, type BundleTag, type Completeness } from "@/server/bundles/domain/format";
import type { Gap } from "@/server/bundles/domain/manifest";
import { BUNDLE_STATUSES, type BundleStatus } from "@/server/bundles/domain/status";
import { oneOf } from "./checks";
import { jsonText, maybeMoment, moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Bundles that somebody has asked for. The file lies in the blob store under its digest, once it is sealed. */
export const bundles = pgTable(
  "bundles",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    tag: text("tag").$type<BundleTag>().notNull(),
    isDryRun: boolean("is_dry_run").notNull(),
    periodFrom: moment("period_from"),
    periodTo: moment("period_to"),
    /** Nothing newer comes in, however often it is begun again. */
    asOf: moment("as_of"),
    status: text("status").$type<BundleStatus>().notNull(),
    /** Files that are in it so far; all of them, once it is ready. */
    files: integer("files").notNull().default(0),
    /** SHA-256 of the file, in hexadecimal. */
    digest: text("digest"),
    bytes: bigint("bytes", { mode: "number" }),
    completeness: text("completeness").$type<Completeness>(),
    missing: jsonText<readonly Gap[]>("missing").notNull(),
    /** Why there is none, in words. */
    fault: text("fault"),
    requestedBy: text("requested_by").notNull(),
    requestedAt: moment("requested_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    index("bundles_list_idx").on(t.tenantId, t.requestedAt, t.id),
    oneOf("bundles_tag_check", t.tag, BUNDLE_TAGS),
    oneOf("bundles_status_check", t.status, BUNDLE_STATUSES),
    check("bundles_ready_check", sql`(status = 'ready') = (digest is not null and bytes is not null)`),
    check("bundles_failed_check", sql`(status = 'failed') = (fault is not null)`),
  ],
);
