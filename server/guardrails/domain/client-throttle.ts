/**
 * How likely a client refuses its own next request, 0 to 1, by how many of its late ones were accepted (SRE book, chapter 21):
 * nothing while fewer than `k` requests are sent for one that is accepted.
 */
export const rejectionChance = ({ requests, accepts, k }: { requests: number; accepts: number; k: number }): number =>
  Math.max(0, (requests - k * accepts) / (requests + 1));
