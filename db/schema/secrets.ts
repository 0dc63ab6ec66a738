import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { ENVIRONMENTS, type Environment } from "@/policies/access/vocabulary";
import { maybeMoment, moment, sealed, tenantId } from "./columns";
import { oneOf } from "./checks";
import { tenants } from "./tenants";

/**
 * One row per version of a secret. The version in use has not ended; one that was replaced or deleted stays, sealed, for
 * as long as a run goes on that may have sent it, as what comes back to that run is redacted by it.
 */
export const secrets = pgTable(
  "secrets",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    version: integer("version").notNull(),
    name: text("name").notNull(),
    environment: text("environment").$type<Environment>().notNull(),
    /** Where it may be sent: hosts, and `*.` with a domain for all hosts below it. */
    allowedHosts: text("allowed_hosts").array().notNull(),
    ...sealed(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at"),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at"),
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id, t.version] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("secrets_name_key")
      .on(t.tenantId, t.environment, t.name)
      .where(sql`ended_at is null`),
    index("secrets_key_idx").on(t.tenantId, t.keyId),
    oneOf("secrets_environment_check", t.environment, ENVIRONMENTS),
    check("secrets_allowed_hosts_check", sql`cardinality(${t.allowedHosts}) > 0`),
    check("secrets_version_check", sql`${t.version} > 0`),
  ],
);
