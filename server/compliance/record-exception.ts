import { controlExceptions } from "@/db/schema";
import { CONTROLS } from "@/policies/controls";
import { loadEvidence } from "@/server/evidence";
import { actorRef } from "@/server/kernel/actor";
import { conflict, invalid, notFound } from "@/server/kernel/errors";
import { lockTenant } from "@/server/members";
import { defineWrite } from "@/server/verb";
import { exceptionFault, exceptionState } from "./domain/exception";
import { exceptionsOf } from "./exceptions-of";
import { recordExceptionSchema } from "./schemas";

/**
 * Accepts the gap of a control until a day within a year. The control's state stays what it is, so one person is enough. Throws
 * NotFound for no control of ours, Invalid for another day, Conflict while one is in force. Needs the compliance pack (NotEntitled).
 */
export const recordException = defineWrite({
  action: "evidence.collect",
  receipt: "control_exception.record",
  feature: "compliance-pack",
  input: recordExceptionSchema,
  load: loadEvidence,
  write: async ({ ctx, tx, now }, { control, reason, expiresAt }) => {
    const { tenantId, newId, actor } = ctx;
    if (!CONTROLS.controls.some(({ id }) => id === control)) throw notFound("control");
    const message = exceptionFault(expiresAt, now);
    if (message !== null)
      throw invalid(`The input is not valid: expiresAt: ${message}.`, { fields: [{ path: "expiresAt", message }] });
    await lockTenant(tx, tenantId);
    const known = await exceptionsOf(tx, tenantId, control);
    if (known.some((each) => exceptionState(each, now) === "in-force"))
      throw conflict("A gap of this control is accepted already. End that first, or wait for its day.");
    const id = newId("controlException");
    await tx
      .insert(controlExceptions)
      .values({ tenantId, id, control, reason, recordedBy: actorRef(actor), recordedAt: now, expiresAt });
    return {
      value: { exceptionId: id },
      subject: `control_exception:${id}`,
      detail: { control, reason, expiresAt: expiresAt.toISOString() },
    };
  },
});
