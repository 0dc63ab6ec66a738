/** Lets ways of one run rest side by side, for as long as one of them still works. */
export interface Rests {
  /** One way becomes so many. */
  fork(ways: number): void;
  /** One of several ways has come to its end; the last of them is not told of: the way that they were forked from goes on. */
  leave(): void;
  /**
   * Rests until a moment (of performance.now). Resolves with true when it has come, and with false when no
   * way has anything to do any more: the run is then let go of, and taken up again later.
   */
  until(at: number): Promise<boolean>;
}

const LONG_MS = 3_600_000;

export function keepRests(): Rests {
  let working = 1;
  let isOver = false;
  const resting = new Set<(isDue: boolean) => void>();

  const look = () => {
    if (working > 0 || resting.size === 0) return;
    isOver = true;
    for (const wake of [...resting]) wake(false);
  };

  return {
    fork(ways) {
      working += ways - 1;
    },
    leave() {
      working -= 1;
      look();
    },
    until(at) {
      if (isOver) return Promise.resolve(false);
      return new Promise<boolean>((resolve) => {
        const wake = (isDue: boolean) => {
          clearTimeout(timer);
          resting.delete(wake);
          working += 1;
          resolve(isDue);
        };
        const leftMs = at - performance.now();
        // A timer may come a millisecond early, and none is needed for what no other way will be at work for.
        const timer = leftMs > LONG_MS ? undefined : setTimeout(wake, Math.max(0, leftMs) + 1, true);
        resting.add(wake);
        working -= 1;
        look();
      });
    },
  };
}
