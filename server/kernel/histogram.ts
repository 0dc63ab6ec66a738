/** How often something took up to how long. */
export interface Histogram {
  /** Upper bounds in seconds, least first; one more count follows for what took longer. */
  bounds: readonly number[];
  /** Per bound, what took up to it and longer than the one before. */
  counts: readonly number[];
  /** Seconds of all together. */
  sum: number;
}
