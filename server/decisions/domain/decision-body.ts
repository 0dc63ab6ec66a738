import { z } from "zod";
import type { Json } from "@/server/kernel/json";

const words = z.array(z.string()).catch([]);

/** What a decision's record says. What older records do not say yet is empty, so that they stay readable. */
const bodySchema = z.object({
  allow: z.boolean().catch(false),
  code: z.string().catch(""),
  revision: z.string().catch(""),
  matched: words,
  denied: words,
  failed: words,
  nearest: z.array(z.object({ rule: z.string(), roles: words, failed: words })).catch([]),
  requestId: z.string().nullable().catch(null),
  principal: z.unknown(),
  resource: z.unknown(),
  key: z.object({ vocabulary: z.int(), profile: z.string(), roles: z.int(), word: z.int() }).nullable().catch(null),
  /** Denied by a rule of the product's that no pack holds. */
  isBesidePolicy: z.boolean().catch(false),
});
export type DecisionBody = z.output<typeof bodySchema>;

/** Reads a decision's record. */
export const readDecisionBody = (body: Json): DecisionBody =>
  bodySchema.parse(typeof body === "object" && body !== null ? body : {});
