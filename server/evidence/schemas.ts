import { z } from "zod";
import { idSchema, momentSchema, pageSchema } from "@/server/kernel/schemas";
import { EVIDENCE_KINDS } from "./domain/kinds";

/** A page of items, newest first, of one kind and of a period, after the last item of the page before. */
export const listEvidenceSchema = pageSchema.extend({
  kind: z.enum(EVIDENCE_KINDS).optional(),
  from: momentSchema.optional(),
  to: momentSchema.optional(),
  cursor: idSchema("evidence").optional(),
});
export const evidenceSchema = z.strictObject({ evidenceId: idSchema("evidence") });
