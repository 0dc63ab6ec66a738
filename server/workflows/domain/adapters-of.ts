import type { WorkflowDefinition } from "./definition";

/** The slugs of all adapters that a definition's steps call. */
export const adaptersOf = ({ steps }: WorkflowDefinition): string[] => [
  ...new Set(steps.flatMap((step) => (step.type === "adapter" ? [step.adapter] : []))),
];
