import type { Environment } from "@/policies/access/vocabulary";

/** A secret as the secrets page shows it: all but its value. */
export interface SecretRow {
  id: string;
  name: string;
  environment: Environment;
  allowedHosts: string[];
  version: number;
  updatedAt: string;
  updatedBy: string;
  updatedByName: string | null;
}
