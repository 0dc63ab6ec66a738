import type { ControlState } from "@/server/compliance/domain/status";

/** The word of a state, as the product's statuses have it. */
export const controlStatus = (state: ControlState): string => `control-${state}`;

export const STANCE_WORDS = { owned: "Owned", supported: "Supported via evidence" } as const;
