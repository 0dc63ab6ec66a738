import { sql } from "drizzle-orm";
import { check, foreignKey, index, integer, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { InputField } from "@/server/workflows/domain/input-fault";
import { jsonText, maybeMoment, moment, sealed, tenantId } from "./columns";
import { tenants } from "./tenants";

/** Programs of a tenant's own that workflows call by name, over signed HTTP. */
export const adapters = pgTable(
  "adapters",
  {
    tenantId: tenantId(),
    id: text("id").notNull(),
    /** What steps call it. It is never given away again: what named it must not reach somebody else one day. */
    slug: text("slug").notNull(),
    name: text("name").notNull(),
    description: text("description").notNull(),
    address: text("address").notNull(),
    /** What a step must send, declared as a workflow declares its input. */
    input: jsonText<Readonly<Record<string, InputField>>>("input").notNull(),
    timeoutSeconds: integer("timeout_seconds").notNull(),
    createdBy: text("created_by").notNull(),
    createdAt: moment("created_at"),
    updatedAt: moment("updated_at"),
    /** One that has ended is called no more; it stays so that what named it can be told. */
    endedAt: maybeMoment("ended_at"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    foreignKey({ columns: [t.tenantId], foreignColumns: [tenants.tenantId] }),
    uniqueIndex("adapters_slug_key").on(t.tenantId, t.slug),
    check("adapters_timeout_check", sql`${t.timeoutSeconds} between 1 and 30`),
  ],
);

/** Signing secrets of adapters, sealed as `secrets` are. The one in use has no end. */
export const adapterSecrets = pgTable(
  "adapter_secrets",
  {
    tenantId: tenantId(),
    /** The adapter's. */
    id: text("id").notNull(),
    version: integer("version").notNull(),
    ...sealed(),
    createdAt: moment("created_at"),
    validUntil: maybeMoment("valid_until"),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id, t.version] }),
    foreignKey({ columns: [t.tenantId, t.id], foreignColumns: [adapters.tenantId, adapters.id] }),
    index("adapter_secrets_key_idx").on(t.tenantId, t.keyId),
  ],
);
