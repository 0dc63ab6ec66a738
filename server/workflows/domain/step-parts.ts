import { z } from "zod";

export const word = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]{0,62}$/,
    "must start with a letter and hold only lower-case letters, digits and _ (63 at most)",
  );
export const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "must not be empty")
    .max(max)
    .refine((text) => text.isWellFormed() && !/[\u0000-\u001f\u202a-\u202e\u2066-\u2069]/.test(text), {
      error: "must be one line of plain text, without control characters",
    });
/** Text with places that are filled in. */
export const template = (max: number) => z.string().max(max);

export const stepBase = {
  id: word.describe("Its name in references and templates."),
  /** What people read in the graph and the timeline; the id when absent. */
  name: line(120).optional().describe("What people read in the graph and the timeline; the id when absent."),
};
/** The step that follows; absent: the run, or the branch of it, ends here. */
export const next = {
  next: word.optional().describe("The step that follows; absent: the run, or the branch of it, ends here."),
};
