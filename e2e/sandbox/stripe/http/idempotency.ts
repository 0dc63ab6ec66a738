import { ApiError } from "./errors";

/** What was answered, to the byte. */
export interface Answer {
  status: number;
  body: string;
}

export interface KeptAnswer {
  fingerprint: string;
  answer: Answer | null;
  /** In seconds of the account's clock. */
  since: number;
}

// Documented: keys may be removed once they are at least 24 hours old.
const KEPT_SECONDS = 24 * 60 * 60;
const KEY_LENGTH_MAX = 255;

/** Answers to requests with a key, of one account: the same request again is answered the same, and done once. */
export class IdempotencyKeys {
  private readonly kept: Map<string, KeptAnswer>;

  constructor(kept: readonly (readonly [string, KeptAnswer])[] = []) {
    this.kept = new Map(kept);
  }

  /** Every answer that was kept, but for those of requests that are still under way. */
  dump(): (readonly [string, KeptAnswer])[] {
    return [...this.kept].filter(([, { answer }]) => answer !== null);
  }

  /** The earlier answer, or null when the request must be done now; it must then be settled or let go. */
  begin(key: string, fingerprint: string, now: number): Answer | null {
    if (key.length > KEY_LENGTH_MAX) {
      throw new ApiError(400, `Idempotency keys have at most ${KEY_LENGTH_MAX} characters.`);
    }
    const before = this.kept.get(key);
    if (before === undefined || (before.answer !== null && before.since + KEPT_SECONDS <= now)) {
      this.kept.set(key, { fingerprint, answer: null, since: now });
      return null;
    }
    if (before.fingerprint !== fingerprint) {
      const message = `Keys for idempotent requests can only be used with the same parameters they were first used with. Try using a key other than '${key}' if you meant to execute a different request.`;
      throw new ApiError(400, message, { type: "idempotency_error" });
    }
    if (before.answer === null) {
      const message = `There is currently another in-progress request using this idempotency key (that probably means you submitted twice, and the other request is still going through): ${key}. Please try again later.`;
      throw new ApiError(409, message, { type: "idempotency_error", code: "idempotency_key_in_use" });
    }
    return before.answer;
  }

  settle(key: string, answer: Answer): void {
    const kept = this.kept.get(key);
    if (kept !== undefined) kept.answer = answer;
  }

  /** Forgets a request that came to no answer. */
  letGo(key: string): void {
    this.kept.delete(key);
  }
}
