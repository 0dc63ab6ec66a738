/** What can differ from what it should be, each with its check. */
export const DRIFT_KINDS = ["pack", "tenant_policy", "database", "process", "behaviour"] as const;
export type DriftKind = (typeof DRIFT_KINDS)[number];

/** Kinds of differences that cannot be put back and are accepted instead, with a reason: what was shipped, what was decided. */
const ACCEPTABLE: readonly DriftKind[] = ["pack", "behaviour"];
export const isAcceptable = (kind: DriftKind): boolean => ACCEPTABLE.includes(kind);

/** What undoes a difference, to be run exactly as it stands. */
export interface Undo {
  /** `sql`: as the database's owner, in its database. `command`: in a shell of the deployment. */
  runs: "sql" | "command";
  text: string;
}

/** One thing that is not as it should be. */
export interface Difference {
  kind: DriftKind;
  /** Names the thing that differs: one of them is open at a time. */
  key: string;
  /** One line for people. */
  title: string;
  expected: string;
  found: string;
  undo: Undo;
}
