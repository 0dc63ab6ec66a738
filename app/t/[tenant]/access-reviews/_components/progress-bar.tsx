import classes from "./progress-bar.module.css";

interface Props {
  progress: { all: number; kept: number; removed: number; gone: number; undecided: number };
}

/** How far a review is: as a bar, and in words. */
export function ProgressBar({ progress: { all, kept, removed, gone, undecided } }: Props) {
  const done = all - undecided;
  const words = [
    `${done} of ${all} decided`,
    ...(kept > 0 ? [`${kept} kept`] : []),
    ...(removed > 0 ? [`${removed} removed`] : []),
    ...(gone > 0 ? [`${gone} ended by itself`] : []),
  ].join(", ");
  return (
    <span className={classes.progress}>
      <progress className={classes.bar} max={Math.max(all, 1)} value={done} aria-label={words} />
      <span className={classes.words}>{words}</span>
    </span>
  );
}
