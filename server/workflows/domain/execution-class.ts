/** How urgent a run is next to others, the most urgent first. A class has a share of the workers, not a place before all others. */
export const EXECUTION_CLASSES = ["standard", "bulk", "low"] as const;
export type ExecutionClass = (typeof EXECUTION_CLASSES)[number];

/** How people read a class. */
export const CLASS_WORDS: Readonly<Record<ExecutionClass, string>> = {
  standard: "standard",
  bulk: "bulk",
  low: "low priority",
};

/** Whether a start may ask for this class: the workflow's own, as it was reviewed, or a less urgent one. */
export const mayAskFor = (asked: ExecutionClass, reviewed: ExecutionClass): boolean =>
  EXECUTION_CLASSES.indexOf(asked) >= EXECUTION_CLASSES.indexOf(reviewed);

/** The class of a definition; one that was written before there were classes is standard. */
export const classOf = (definition: { execution_class?: ExecutionClass }): ExecutionClass =>
  definition.execution_class ?? "standard";
