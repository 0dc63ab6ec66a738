import { bootstrapState } from "@/policies/entitlements/flag-registry";

/** The flags of the catalogue as a server answers them that holds no others: what decides where none was ever asked. */
export const flagBootstrap = (): string => `${JSON.stringify(bootstrapState(), null, 2)}\n`;
