import { z } from "zod";
import { listReceiptsSchema } from "@/server/receipts/schemas";

const receiptsParamsSchema = z.object({
  before: z.coerce.number().pipe(listReceiptsSchema.shape.before.unwrap()).optional().catch(undefined),
  subject: listReceiptsSchema.shape.subject.catch(undefined),
});

/** Which receipts are asked for; what makes no sense is left out. */
export function readReceiptsParams(params: Readonly<Record<string, unknown>>) {
  return receiptsParamsSchema.parse({ before: params.before, subject: params.subject });
}
