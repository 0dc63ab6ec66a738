/** Why somebody is told of an incident outside of the app. */
export const MESSAGE_OCCASIONS = ["opened", "escalated", "repeated", "resolved"] as const;
export type MessageOccasion = (typeof MESSAGE_OCCASIONS)[number];

export const MESSAGE_CHANNELS = ["email", "slack"] as const;
export type MessageChannel = (typeof MESSAGE_CHANNELS)[number];
