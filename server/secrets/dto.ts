import { getTableColumns } from "drizzle-orm";
import { secrets } from "@/db/schema";
import type { Environment } from "@/policies/access/vocabulary";

const { sealedValue: _sealed, wrappedKey: _wrapped, keyId: _key, ...shown } = getTableColumns(secrets);

/** The columns that verbs read and give: nothing from which a value could be opened. */
export const SHOWN = shown;

export type SecretRow = Omit<typeof secrets.$inferSelect, "sealedValue" | "wrappedKey" | "keyId">;

/** A secret as pages show it: all but its value. Moments are ISO 8601. */
export interface SecretDto {
  id: string;
  name: string;
  environment: Environment;
  allowedHosts: string[];
  version: number;
  /** When it was last set or its hosts changed, and by whom, such as `user:usr_…`. */
  updatedAt: string;
  updatedBy: string;
}

export function secretDto({
  id,
  name,
  environment,
  allowedHosts,
  version,
  updatedAt,
  updatedBy,
}: SecretRow): SecretDto {
  return { id, name, environment, allowedHosts, version, updatedAt: updatedAt.toISOString(), updatedBy };
}
