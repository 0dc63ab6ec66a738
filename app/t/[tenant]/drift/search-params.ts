import { z } from "zod";
import { cursorParam, hrefOf } from "@/app/_shared/page-params";
import { listRemediationsSchema } from "@/server/drift/schemas";

const driftParamsSchema = z.object({ state: listRemediationsSchema.shape.state.catch("open"), cursor: cursorParam });
type Params = z.output<typeof driftParamsSchema>;

/** Which tasks are shown; what makes no sense is left out. */
export const readDriftParams = (params: Readonly<Record<string, unknown>>): Params => driftParamsSchema.parse(params);

/** The address of a page of tasks. */
export const driftHref = (tenant: string, { state, cursor }: Partial<Params>) =>
  hrefOf(`/t/${tenant}/drift`, { state: state === "open" ? undefined : state, cursor });
