import type { Around } from "@/e2e/sandbox/stripe/in-process";

/** What becomes of a call of the product. */
export type Fate =
  | { kind: "unasked" | "unanswered" | "dies before" | "dies after" }
  /** Something happens while the answer is on its way. */
  | { kind: "stalls"; meanwhile: () => Promise<void> };

/** Asked about each call; null where the call simply happens. */
export type Fates = (operation: string) => Fate | null;

type Perform = Parameters<Around>[1];

/** Something that the product does, disturbed: to its end, to an error, or until whoever does it dies in a call. */
export class Attempt {
  private readonly died = Promise.withResolvers<"died">();
  private readonly calls: Promise<unknown>[] = [];

  constructor(
    private readonly fates: Fates,
    private readonly count: (what: string) => void,
  ) {}

  async run<T>(work: () => Promise<T>): Promise<T | "died" | "failed"> {
    const outcome = await Promise.race([
      work().catch((error: unknown) => {
        if (isDisturbance(error)) return "failed" as const;
        throw error;
      }),
      this.died.promise,
    ]);
    await this.settle();
    return outcome;
  }

  /** Does a call of the product as its fate is. */
  call(operation: string, perform: Perform): ReturnType<Perform> {
    const fate = this.fates(operation);
    if (fate !== null) this.count(fate.kind);
    const call = this.suffer(fate, perform);
    if (fate === null || !fate.kind.startsWith("dies")) this.calls.push(call);
    return call;
  }

  private async suffer(fate: Fate | null, perform: Perform): ReturnType<Perform> {
    if (fate?.kind === "unasked") throw new Error("the connection was refused, on purpose");
    if (fate?.kind === "dies before") return this.die();
    const answer = await perform();
    if (fate?.kind === "unanswered") throw new Error("the answer was lost, on purpose");
    if (fate?.kind === "dies after") return this.die();
    if (fate?.kind === "stalls") await fate.meanwhile();
    return answer;
  }

  private die(): Promise<never> {
    this.died.resolve("died");
    return new Promise(() => undefined);
  }

  /**
   * Of calls that are made side by side one may end it all while another is on its way. That one comes to its end first, with what
   * happens meanwhile: a schedule is its seed's alone, and not the machine's.
   */
  private async settle(): Promise<void> {
    for (let known = -1; known < this.calls.length;) {
      known = this.calls.length;
      for (const each of await Promise.allSettled(this.calls))
        if (each.status === "rejected" && !isDisturbance(each.reason)) throw each.reason;
    }
  }
}

/** Whether an error is what a disturbance leads to: the product says that it could not. */
function isDisturbance(error: unknown): boolean {
  const texts: string[] = [];
  for (let each: unknown = error; each instanceof Error; each = each.cause) texts.push(each.name, each.message);
  return texts.some(
    (text) =>
      text.includes("No such subscription") ||
      text.includes("on purpose") ||
      text.includes("our connection to Stripe") ||
      text.includes("Unavailable"),
  );
}
