/** The time of one account: it runs with the machine's and can be moved forward, never back. */
export class AccountClock {
  constructor(
    private readonly machineMs: () => number,
    private aheadSeconds = 0,
  ) {}

  /** How far it was moved forward. */
  get ahead(): number {
    return this.aheadSeconds;
  }

  /** Seconds since 1970, as the API writes times. */
  now(): number {
    return Math.floor(this.machineMs() / 1000) + this.aheadSeconds;
  }

  advance(seconds: number): void {
    if (!Number.isSafeInteger(seconds) || seconds < 0) throw new RangeError("a clock moves forward by whole seconds");
    this.aheadSeconds += seconds;
  }
}
