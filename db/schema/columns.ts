import { customType, text, timestamp } from "drizzle-orm/pg-core";

/** The wall column: every tenant table starts with it, and its row level security compares it. */
export const tenantId = () => text("tenant_id").notNull();

/** A value that nobody reads in the database (server/secrets). */
export const sealed = () => ({
  /** AES-256-GCM under a data key of this version's own, bound to tenant, id and version: nonce, tag, text; base64url. */
  sealedValue: text("sealed_value").notNull(),
  /** The data key, sealed the same way under the wrapping key of the deployment that `key_id` names. */
  wrappedKey: text("wrapped_key").notNull(),
  keyId: text("key_id").notNull(),
});

/** A moment, with time zone, never null. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" }).notNull();

/** A moment that may not have come yet. */
export const maybeMoment = (name: string) => timestamp(name, { withTimezone: true, mode: "date" });

/**
 * `json`, not `jsonb`: jsonb refuses "\u0000" and reorders keys, and what a run carried must come back as it was.
 */
export const jsonText = <T>(name: string) =>
  customType<{ data: T; driverData: string }>({
    dataType: () => "json",
    toDriver: (value) => JSON.stringify(value),
    fromDriver: (value) => (typeof value === "string" ? (JSON.parse(value) as T) : (value as T)),
  })(name);
