/** Lets a loop rest until somebody calls it, a time has passed, or it is to end. */
export interface Waker {
  readonly isStopped: boolean;
  /** Ends the present rest, or the next one at once. */
  wake(): void;
  /** Ends every rest from now on. */
  stop(): void;
  sleep(ms: number): Promise<void>;
}

export function createWaker(): Waker {
  let isStopped = false;
  let isCalled = false;
  let end: (() => void) | undefined;
  const wake = () => {
    isCalled = true;
    end?.();
  };
  return {
    get isStopped() {
      return isStopped;
    },
    wake,
    stop: () => {
      isStopped = true;
      wake();
    },
    sleep: async (ms) => {
      if (!isCalled && !isStopped)
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, Math.max(0, ms));
          end = () => {
            clearTimeout(timer);
            resolve();
          };
        });
      end = undefined;
      isCalled = false;
    },
  };
}
