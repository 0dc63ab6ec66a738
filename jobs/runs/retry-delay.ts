/** Pause before the attempt after the n-th failed one, in seconds: 2, 4, 8 … at most 5 minutes. */
export function retryDelaySeconds(failedAttempts: number): number {
  return Math.min(2 ** failedAttempts, 300);
}
