/** How bad an incident is, worst first. */
export const SEVERITIES = ["sev1", "sev2", "sev3", "sev4"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** What each means, in words that a person decides by. */
export const SEVERITY_WORDS: Readonly<Record<Severity, string>> = {
  sev1: "Everything stands still, or data is at risk",
  sev2: "Much fails, or a promise to customers is about to break",
  sev3: "Some of it fails, and there is a way around",
  sev4: "Worth a look, nobody is held up",
};

/** The worse of two. */
export const worseOf = (a: Severity, b: Severity): Severity => (SEVERITIES.indexOf(a) <= SEVERITIES.indexOf(b) ? a : b);
