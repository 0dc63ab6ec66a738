import { boolean, foreignKey, pgTable, primaryKey, text } from "drizzle-orm/pg-core";
import { moment, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Whether anybody may read how a tenant's controls stand; without a row nobody may. */
export const trustPages = pgTable(
  "trust_pages",
  {
    tenantId: tenantId(),
    isOn: boolean("is_on").notNull(),
    updatedBy: text("updated_by").notNull(),
    updatedAt: moment("updated_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
  ],
);
