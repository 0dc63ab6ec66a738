import { type Circuit, admission, afterFailure } from "../domain/circuit";

/** How long attempts wait for the one that was let through before they are refused as well (milliseconds). */
const WAIT_MS = 5_000;
/** Hosts that fail, of all tenants, at most: the one that failed first is forgotten for one more. */
const HOSTS_MOST = 5_000;

interface Kept {
  circuit: Circuit;
  /** Set while one attempt has been let through; resolves when it is known how it went. */
  trying?: Promise<void>;
}

/** How an attempt went, for its circuit: `unknown` where the host was not asked. */
export type Verdict = "well" | "failed" | "unknown";

/** An attempt that may be made: whoever makes it says how it went. */
export interface Permit {
  end(verdict: Verdict): void;
}

export interface Circuits {
  /** A permit; or, while the circuit of this name is open, for how many milliseconds it will be, and how many failed. */
  enter(name: string): Promise<Permit | { openMs: number; failures: number }>;
}

/**
 * The circuits of this process, by name. Hosts that answer leave nothing here. Other processes find out for themselves: a
 * shared row would be read by every attempt to spare a few.
 */
export function createCircuits(now: () => number = () => performance.now(), waitMs = WAIT_MS): Circuits {
  const hosts = new Map<string, Kept>();

  const fail = (name: string, beganAt: number, isTry: boolean) => {
    const kept = hosts.get(name);
    const circuit = afterFailure(kept?.circuit, { beganAt, now: now(), isTry });
    if (kept !== undefined) kept.circuit = circuit;
    else {
      const [first] = hosts.keys();
      if (hosts.size >= HOSTS_MOST && first !== undefined) hosts.delete(first);
      hosts.set(name, { circuit });
    }
  };
  const permit = (name: string, isTry: boolean, settle = () => {}): Permit => {
    const beganAt = now();
    return {
      end: (verdict) => {
        if (verdict === "well") hosts.delete(name);
        if (verdict === "failed") fail(name, beganAt, isTry);
        settle();
      },
    };
  };
  /** Lets one attempt through. */
  const tryOne = (name: string, kept: Kept): Permit => {
    let settle = () => {};
    kept.trying = new Promise<void>((resolve) => (settle = resolve));
    return permit(name, true, () => {
      delete kept.trying;
      settle();
    });
  };
  const refused = ({ circuit }: Kept) => ({
    openMs: Math.max(0, (circuit.openUntil ?? 0) - now()),
    failures: circuit.failures,
  });

  return {
    async enter(name) {
      const until = now() + waitMs;
      for (;;) {
        const kept = hosts.get(name);
        const may = admission(kept?.circuit, now());
        if (kept === undefined || may === "go") return permit(name, false);
        if (may === "refuse") return refused(kept);
        if (kept.trying === undefined) return tryOne(name, kept);
        if (now() >= until) return refused(kept);
        await before(kept.trying, until - now());
      }
    },
  };
}

/** Resolves with a promise, or when its time is over. */
async function before(promise: Promise<void>, ms: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, ms)));
  await Promise.race([promise, late]);
  clearTimeout(timer);
}
