import { initTRPC } from "@trpc/server";
import type { z } from "zod";
import type { Action } from "@/policies/access/vocabulary";
import type { Feature } from "@/policies/entitlements/features";
import { Refusal } from "@/server/kernel/errors";
import { inSpan } from "@/server/platform/trace";
import type { SignedIn } from "@/server/auth/session";
import { translateError } from "./errors";

/** What a request brings to a procedure. Who calls and where is looked up once per request, on first use. */
export interface RequestContext {
  requestId: string;
  /** Slug of the tenant that the request names; undefined outside any. */
  tenantSlug: string | undefined;
  /** Who calls and every tenant they may enter; null when nobody is signed in. */
  signedIn(): Promise<SignedIn | null>;
  /** Takes one call from the caller's allowance; throws LimitReached. */
  limit(kind: "read" | "write"): Promise<void>;
}

/** Every procedure says what it is: an action that policy decides about, or a touch of the caller's own account. */
export type ProcedureMeta = ({ action: Action; features: readonly Feature[] } | { self: string }) & {
  kind: "read" | "write";
  input: z.ZodType;
};

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

/**
 * A span around every procedure, and the one translation of errors: refusals keep their words, everything else becomes
 * "something broke" with the request id.
 */
const answered = t.middleware(({ next, path, type, ctx }) =>
  inSpan(`trpc ${path}`, { attributes: { "rpc.type": type, "conductor.request_id": ctx.requestId } }, async () => {
    const result = await next();
    if (result.ok) return result;
    throw translateError(result.error, { path, requestId: ctx.requestId });
  }),
);

export const createRouter = t.router;
export const createCallerFactory = t.createCallerFactory;
export const baseProcedure = t.procedure.use(answered);
