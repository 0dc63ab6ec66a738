import { initTRPC } from "@trpc/server";
import type { z } from "zod";
import type { Action } from "@/policies/access/vocabulary";
import { Refusal } from "@/server/kernel/errors";
import type { TenantContext, UserContext } from "@/server/verb";
import { translateError } from "./errors";

/** What a request brings to a procedure. Who calls and where is looked up once per request, on first use. */
export interface RequestContext {
  requestId: string;
  user(): Promise<UserContext | null>;
  tenant(): Promise<TenantContext | null>;
  /** Takes one call from the caller's allowance; throws LimitReached. */
  limit(kind: "read" | "write"): Promise<void>;
}

/** Every procedure says what it is: an action that policy decides about, or a touch of the caller's own account. */
export type ProcedureMeta = ({ action: Action } | { self: string }) & { kind: "read" | "write"; input: z.ZodType };

const t = initTRPC
  .context<RequestContext>()
  .meta<ProcedureMeta>()
  .create({
    errorFormatter: ({ shape, error, ctx }) => {
      const refusal = error.cause instanceof Refusal ? error.cause : undefined;
      return {
        message: refusal?.message ?? shape.message,
        code: shape.code,
        data: {
          code: refusal?.code ?? shape.data.code,
          httpStatus: refusal?.status ?? shape.data.httpStatus,
          requestId: ctx?.requestId ?? null,
          details: refusal?.details ?? {},
        },
      };
    },
  });

/** The one translation of errors: refusals keep their words, everything else becomes "something broke" with the request id. */
const translated = t.middleware(async ({ next, path, ctx }) => {
  const result = await next();
  if (result.ok) return result;
  throw translateError(result.error, { path, requestId: ctx.requestId });
});

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;
export const baseProcedure = t.procedure.use(translated);
