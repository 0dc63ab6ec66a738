/** Told to the window when a call has changed something, for what stands around the page and asks by itself. */
export const CHANGED = "conductor-changed";
