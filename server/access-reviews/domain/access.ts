import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { digestJson } from "@/server/kernel/json";

/** What a member or an API key may do and see. */
export interface Access {
  roles: readonly Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
  /** When it ends by itself, ISO 8601: of an API key and of an auditor; any other member's does not. */
  expiresAt: string | null;
}

/** Where an access came from, as the receipts tell. */
export interface Grant {
  /** Such as `user:usr_…`. */
  actor: string;
  name: string;
  /** ISO 8601. */
  at: string;
  /** Number of the receipt. */
  receipt: number;
}

/** What a holder had when the review was opened. */
export interface Snapshot {
  name: string;
  /** Of a member. */
  email: string | null;
  access: Access;
  /** Since when they hold their roles; ISO 8601. */
  since: string;
  /** Null where no receipt tells, as of a tenant's first member. */
  grant: Grant | null;
  /** The last sign-in of a person, the last use of a key; null where none is known. */
  lastSeenAt: string | null;
}

/** Names exactly one access: who decides sends the hash of the one that they read. */
export const accessHash = ({ roles, region, businessUnit, clearance, expiresAt }: Access): string =>
  digestJson({ roles: [...roles].sort(), region, businessUnit, clearance, expiresAt });

/** Whom a review looks at. */
export interface ReviewScope {
  /** Members with any of these roles; empty: all members. */
  roles: readonly Role[];
  withApiKeys: boolean;
}
