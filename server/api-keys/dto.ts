import type { apiKeys } from "@/db/schema";
import type { DataSensitivity, Role } from "@/policies/access/vocabulary";
import { type KeyState, keyState } from "./domain/limits";

export type ApiKeyRow = typeof apiKeys.$inferSelect;

/** A key as pages show it: all but its secret. Moments are ISO 8601. */
export interface ApiKeyDto {
  id: string;
  name: string;
  lastFour: string;
  roles: Role[];
  region: string;
  businessUnit: string;
  clearance: DataSensitivity;
  state: KeyState;
  createdBy: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  /** Until when the key before the last rotation still opens; null when it does not. */
  previousValidUntil: string | null;
}

export function apiKeyDto(row: ApiKeyRow, now: Date): ApiKeyDto {
  const { id, name, lastFour, roles, region, businessUnit, clearance, createdBy, previousValidUntil } = row;
  const isInGrace = previousValidUntil !== null && previousValidUntil > now;
  return {
    ...{ id, name, lastFour, roles, region, businessUnit, clearance, state: keyState(row, now), createdBy },
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
    lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
    previousValidUntil: isInGrace ? previousValidUntil.toISOString() : null,
  };
}
