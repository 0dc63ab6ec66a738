import { foreignKey, integer, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { ENTITLEMENT_SOURCES, type EntitlementSource } from "@/server/entitlements/domain/source";
import { oneOf } from "./checks";
import { moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** What a tenant has bought or was granted, as one row: a tenant without a row has nothing beyond the product itself. */
export const entitlements = pgTable(
  "entitlements",
  {
    tenantId: tenantId(),
    /** Counts up with each change. */
    version: integer("version").notNull(),
    /** Who says so: exactly one of them for a tenant. */
    source: text("source").$type<EntitlementSource>().notNull(),
    /** Words of `policies/entitlements`; one that a release does not know unlocks nothing there. */
    addOns: text("add_ons").array().notNull(),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    oneOf("entitlements_source_check", t.source, ENTITLEMENT_SOURCES),
  ],
);
