import { z } from "zod";

const text = z.string().nullable().catch(null);
const bodySchema = z
  .object({
    rules: z.array(z.string()).catch([]),
    revision: text.default(null),
    requestId: text.default(null),
    inputDigest: text.default(null),
    detail: z.unknown().transform((detail) => detail ?? null),
  })
  .catch({ rules: [], revision: null, requestId: null, inputDigest: null, detail: null });

/** What a receipt's body says that people ask for; parts that this one does not have, as executors' do not, are empty. */
export const readBody = (body: unknown) => bodySchema.parse(body);
