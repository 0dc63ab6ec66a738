import { z } from "zod";
import { hrefOf } from "@/app/_shared/page-params";
import { CONTROL_STATES } from "@/server/compliance/domain/status";
import { AREAS } from "@/server/compliance/domain/words";

export const FRAMEWORKS = ["soc2", "iso27001"] as const;
export const FRAMEWORK_WORDS = { soc2: "SOC 2", iso27001: "ISO 27001:2022" } as const;

const complianceParamsSchema = z.object({
  framework: z.enum(FRAMEWORKS).optional().catch(undefined),
  area: z.enum(AREAS).optional().catch(undefined),
  state: z.enum(CONTROL_STATES).optional().catch(undefined),
  stance: z.enum(["owned", "supported"]).optional().catch(undefined),
});
export type ControlFilters = z.output<typeof complianceParamsSchema>;

/** Which controls are shown; what makes no sense is left out. */
export const readComplianceParams = (params: Readonly<Record<string, unknown>>): ControlFilters =>
  complianceParamsSchema.parse(params);

/** The address of the controls, narrowed. */
export const complianceHref = (tenant: string, filters: ControlFilters) => hrefOf(`/t/${tenant}/compliance`, filters);
