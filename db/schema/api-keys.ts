import { sql } from "drizzle-orm";
import { foreignKey, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import { DATA_SENSITIVITIES, type DataSensitivity, type Role, ROLES } from "@/policies/access/vocabulary";
import { maybeMoment, moment, tenantId } from "./columns";
import { oneOf, someOf } from "./checks";
import { tenants } from "./tenants";

export const apiKeys = pgTable(
  "api_keys",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    name: text("name").notNull(),
    /** SHA-256 of the key; the key itself is shown once and never stored. */
    keyHash: text("key_hash").notNull(),
    /** The key before the last rotation, which opens until its grace ends. */
    previousKeyHash: text("previous_key_hash"),
    previousValidUntil: maybeMoment("previous_valid_until"),
    /** The key's last four characters, so that a person can tell two apart. */
    lastFour: text("last_four").notNull(),
    roles: text("roles").array().$type<Role[]>().notNull(),
    region: text("region").notNull(),
    businessUnit: text("business_unit").notNull(),
    clearance: text("clearance").$type<DataSensitivity>().notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at").default(sql`now()`),
    expiresAt: moment("expires_at"),
    lastUsedAt: maybeMoment("last_used_at"),
    revokedAt: maybeMoment("revoked_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("api_keys_hash_key").on(t.keyHash),
    uniqueIndex("api_keys_previous_hash_key").on(t.previousKeyHash),
    someOf("api_keys_roles_check", t.roles, ROLES),
    oneOf("api_keys_clearance_check", t.clearance, DATA_SENSITIVITIES),
  ],
);
