import type { TurnState } from "@/server/compliance/domain/turns";
import { type Stretch, stretchWords } from "./turn-words";
import classes from "./compliance.module.css";

/** What became of each turn of a control in a period, oldest first: as one strip, and in words. */
export function TurnStrip({ stretches, cadenceDays }: { stretches: readonly Stretch[]; cadenceDays: number }) {
  const words = stretchWords(stretches, cadenceDays);
  return (
    <span className={classes.turns}>
      <span className={classes.strip} role="img" aria-label={words.all}>
        {stretches.map(({ state, from, turns }) => (
          <span key={from} data-turn={state satisfies TurnState} style={{ flexGrow: turns }} />
        ))}
      </span>
      <span className={classes.about}>{words.short}</span>
    </span>
  );
}
