import type { TurnState } from "@/server/compliance/domain/turns";

export interface Stretch {
  state: TurnState;
  /** ISO 8601; the moment `to` is not in it. */
  from: string;
  to: string;
  turns: number;
}

const WORDS: Readonly<Record<TurnState, string>> = {
  held: "held",
  failed: "did not hold",
  missed: "was not shown",
};

/** Stretches that words name at most: the file and the strip have the rest. */
const NAMED_MAX = 10;

const lastDay = (to: string) => new Date(Date.parse(to) - 1).toISOString().slice(0, 10);

/** The days of a stretch, in UTC. */
const daysOf = ({ from, to }: Stretch) => {
  const [first, last] = [from.slice(0, 10), lastDay(to)];
  return first === last ? first : `${first} to ${last}`;
};

/** How many turns came to what, in short, and with the days of those that did not hold or were not shown. */
export function stretchWords(stretches: readonly Stretch[], cadenceDays: number) {
  const count = (state: TurnState) =>
    stretches.filter((each) => each.state === state).reduce((sum, { turns }) => sum + turns, 0);
  const expected = count("held") + count("failed") + count("missed");
  const observed = expected - count("missed");
  const failed = count("failed") === 0 ? "" : `, ${count("failed")} did not hold`;
  const short = `${observed} of ${expected}${failed}`;
  const gaps = stretches.filter(({ state }) => state !== "held");
  const named = gaps.slice(0, NAMED_MAX).map((each) => `${WORDS[each.state]} ${daysOf(each)}`);
  const more = gaps.length > NAMED_MAX ? [`and ${gaps.length - NAMED_MAX} more`] : [];
  const turns = cadenceDays === 1 ? "days" : `turns of ${cadenceDays} days`;
  return { short, all: [`shown in ${observed} of ${expected} ${turns}`, ...named, ...more].join("; ") };
}
