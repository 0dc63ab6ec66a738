/**
 * `asked`: waits for a second person. `open`: until it expires or is ended. `ended`: waits to be looked at by somebody else.
 * `reviewed`: was looked at. `refused`: never opened.
 */
export const BREAK_GLASS_STATUSES = ["asked", "open", "ended", "reviewed", "refused"] as const;
export type BreakGlassStatus = (typeof BREAK_GLASS_STATUSES)[number];
