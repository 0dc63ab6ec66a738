/** What an objective can be about. Each is fed by what the product really does; nobody reports any of them from outside. */
export const SLIS = [
  "workflow-success",
  "workflow-latency",
  "policy-decision-latency",
  "incident-path-latency",
  "compliance-path-latency",
] as const;
export type Sli = (typeof SLIS)[number];

export const isSli = (word: string): word is Sli => SLIS.some((each) => each === word);
