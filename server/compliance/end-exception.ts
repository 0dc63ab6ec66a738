import { and, eq } from "drizzle-orm";
import { controlExceptionEnds, controlExceptions } from "@/db/schema";
import { loadEvidence } from "@/server/evidence";
import { actorRef } from "@/server/kernel/actor";
import { conflict, notFound } from "@/server/kernel/errors";
import { defineWrite, type Scope } from "@/server/verb";
import { exceptionState } from "./domain/exception";
import { exceptionSchema } from "./schemas";

async function loadException(scope: Scope, { exceptionId }: { exceptionId: string }) {
  const { ctx, tx } = scope;
  const [exception] = await tx
    .select()
    .from(controlExceptions)
    .where(and(eq(controlExceptions.tenantId, ctx.tenantId), eq(controlExceptions.id, exceptionId)));
  if (exception === undefined) throw notFound("exception");
  return { ...(await loadEvidence(scope)), subject: `control_exception:${exceptionId}`, exception };
}

/** Ends the acceptance of a gap before its day. Throws NotFound, and Conflict for one that is over. */
export const endException = defineWrite({
  action: "evidence.collect",
  receipt: "control_exception.end",
  input: exceptionSchema,
  load: loadException,
  write: async ({ ctx, tx, now }, { exceptionId }, { exception }) => {
    const { tenantId, actor } = ctx;
    if (exceptionState({ ...exception, endedAt: null }, now) === "expired") throw conflict("This exception is over.");
    const ended = await tx
      .insert(controlExceptionEnds)
      .values({ tenantId, exceptionId, endedBy: actorRef(actor), endedAt: now })
      .onConflictDoNothing()
      .returning({ exceptionId: controlExceptionEnds.exceptionId });
    if (ended.length === 0) throw conflict("Somebody has ended this exception already.");
    return { value: { exceptionId, endedAt: now.toISOString() }, detail: { control: exception.control } };
  },
});
