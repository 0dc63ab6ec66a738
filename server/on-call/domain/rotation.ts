export const ROTATIONS = ["daily", "weekly"] as const;
export type Rotation = (typeof ROTATIONS)[number];
