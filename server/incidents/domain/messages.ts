/** Why somebody is told of an incident outside of the app. */
export const MESSAGE_OCCASIONS = ["opened", "escalated", "repeated", "resolved"] as const;
export type MessageOccasion = (typeof MESSAGE_OCCASIONS)[number];

export const MESSAGE_CHANNELS = ["email", "slack"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];

/** Mails to one person within `RATE_WINDOW_MS`: what more there is to tell waits, and comes as one. */
export const RATE_MOST = 5;
export const RATE_WINDOW_MS = 10 * 60_000;

/** When there is room for another message, given when the latest were sent, newest first; null when there is now. */
export function roomAt(sentAt: readonly Date[], now: Date): Date | null {
  const oldest = sentAt.filter((at) => now.getTime() - at.getTime() < RATE_WINDOW_MS).at(RATE_MOST - 1);
  return oldest === undefined ? null : new Date(oldest.getTime() + RATE_WINDOW_MS);
}
