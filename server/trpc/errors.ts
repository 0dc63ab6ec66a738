import { TRPCError } from "@trpc/server";
import { type ErrorCode, Refusal } from "@/server/kernel/errors";
import { log } from "@/server/platform/log";

const TRPC_CODE: Readonly<Record<ErrorCode, TRPCError["code"]>> = {
  Invalid: "BAD_REQUEST",
  Unauthenticated: "UNAUTHORIZED",
  NotEntitled: "PAYMENT_REQUIRED",
  Forbidden: "FORBIDDEN",
  NotFound: "NOT_FOUND",
  Conflict: "CONFLICT",
  PreconditionFailed: "PRECONDITION_FAILED",
  LimitReached: "TOO_MANY_REQUESTS",
  Unavailable: "SERVICE_UNAVAILABLE",
};

function refusalIn(error: unknown): Refusal | undefined {
  if (error instanceof Refusal) return error;
  return error instanceof Error && error.cause !== undefined ? refusalIn(error.cause) : undefined;
}

/** A refusal keeps its code and words; a bad request of tRPC's own stays one; anything else says nothing but where to look. */
export function translateError(error: TRPCError, where: { path: string; requestId: string }): TRPCError {
  const refusal = refusalIn(error);
  if (refusal !== undefined)
    return new TRPCError({ code: TRPC_CODE[refusal.code], message: refusal.message, cause: refusal });
  if (error.code !== "INTERNAL_SERVER_ERROR") return error;
  log().error({ ...where, err: error.cause ?? error }, "a procedure failed");
  return new TRPCError({
    code: "INTERNAL_SERVER_ERROR",
    message: `Something broke on our side. Quote request ${where.requestId} when you ask for help.`,
  });
}
