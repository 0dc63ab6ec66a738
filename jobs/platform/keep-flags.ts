import { followFlags } from "@/server/entitlements";

/** Follows the flag server, where one is configured, without making anybody wait for it. */
export const keepFlags = (): { stop: () => void } => followFlags();
