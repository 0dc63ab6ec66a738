import { z } from "zod";
import { cursorParam, hrefOf } from "@/app/_shared/page-params";
import { EVIDENCE_KINDS } from "@/server/evidence/domain/kinds";

const evidenceParamsSchema = z.object({
  kind: z.enum(EVIDENCE_KINDS).optional().catch(undefined),
  cursor: cursorParam,
});
type Params = z.output<typeof evidenceParamsSchema>;

/** Which items are shown; what makes no sense is left out. */
export const readEvidenceParams = (params: Readonly<Record<string, unknown>>): Params =>
  evidenceParamsSchema.parse(params);

/** The address of a page of items. */
export const evidenceHref = (tenant: string, { kind, cursor }: Partial<Params>) =>
  hrefOf(`/t/${tenant}/evidence`, { kind, cursor });
