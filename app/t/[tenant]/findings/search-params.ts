import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { SEVERITIES } from "@/server/findings/domain/finding";
import { FINDING_LISTS } from "@/server/findings/schemas";

const findingsParamsSchema = z.object({
  state: z.enum(FINDING_LISTS).catch("open"),
  severity: z.enum(SEVERITIES).optional().catch(undefined),
});
type Params = z.output<typeof findingsParamsSchema>;

/** Which findings are shown; what makes no sense is left out. */
export const readFindingsParams = (params: Readonly<Record<string, unknown>>): Params =>
  findingsParamsSchema.parse(params);

/** The address of a list of findings. */
export const findingsHref = (tenant: string, { state, severity }: Partial<Params>) =>
  hrefOf(`/t/${tenant}/findings`, { state: state === "open" ? undefined : state, severity });
