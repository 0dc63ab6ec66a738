/** What was written, with the way back and forth. */
export interface EditHistory<T> {
  past: readonly T[];
  present: T;
  future: readonly T[];
  /** What the last edit touched: further edits of the same are one step back. */
  touched: string | null;
}

const STEPS_KEPT = 200;

/** A history that begins here. */
export function beginHistory<T>(present: T): EditHistory<T> {
  return { past: [], present, future: [], touched: null };
}

/** Writes something new. Edits of the same place in a row, such as the letters of a name, are taken back together. */
export function write<T>(history: EditHistory<T>, next: T, touched: string | null = null): EditHistory<T> {
  if (next === history.present) return history;
  const isSamePlace = touched !== null && touched === history.touched;
  const past = isSamePlace ? history.past : [...history.past, history.present].slice(-STEPS_KEPT);
  return { past, present: next, future: [], touched };
}

/** One step back; the same history when there is none. */
export function undo<T>(history: EditHistory<T>): EditHistory<T> {
  const previous = history.past.at(-1);
  if (previous === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    present: previous,
    future: [history.present, ...history.future],
    touched: null,
  };
}

/** One step forth; the same history when there is none. */
export function redo<T>(history: EditHistory<T>): EditHistory<T> {
  const [next, ...future] = history.future;
  if (next === undefined) return history;
  return { past: [...history.past, history.present], present: next, future, touched: null };
}
