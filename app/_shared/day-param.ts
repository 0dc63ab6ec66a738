import { z } from "zod";

/** A day such as `2026-11-26`, in the reader's zone. What makes no sense is left out. */
export const dayParam = z
  .string()
  .regex(/^(19[7-9]|[2-9]\d\d)\d-\d\d-\d\d$/)
  .pipe(z.iso.date())
  .optional()
  .catch(undefined);
