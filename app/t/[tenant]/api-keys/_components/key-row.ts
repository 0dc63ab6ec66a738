/** A key as the keys page shows it: all but its secret. */
export interface KeyRow {
  id: string;
  name: string;
  lastFour: string;
  roles: string[];
  clearance: string;
  state: string;
  createdAt: string;
  expiresAt: string;
  lastUsedAt: string | null;
  previousValidUntil: string | null;
}
