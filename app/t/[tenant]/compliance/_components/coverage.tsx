import { CONTROL_STATES, type ControlState } from "@/server/compliance/domain/status";
import { statusWord } from "@/app/_shared/status";
import { controlStatus } from "./control-words";
import classes from "./compliance.module.css";

/** How many controls there are of each state, as one bar. */
export function Coverage({ states }: { states: readonly ControlState[] }) {
  const parts = [...CONTROL_STATES]
    .reverse()
    .map((state) => ({ state, count: states.filter((each) => each === state).length }))
    .filter(({ count }) => count > 0);
  const words = parts
    .map(({ state, count }) => `${count} ${statusWord(controlStatus(state)).toLowerCase()}`)
    .join(", ");
  return (
    <figure className={classes.coverage}>
      <div className={classes.bar} role="img" aria-label={`Of ${states.length} controls: ${words}`}>
        {parts.map(({ state, count }) => (
          <span key={state} className={classes[state]} style={{ flexGrow: count }} />
        ))}
      </div>
      <figcaption>
        {states.length} controls: {words}
      </figcaption>
    </figure>
  );
}
