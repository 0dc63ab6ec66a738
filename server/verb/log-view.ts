import { auditorViews } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import type { Action } from "@/policies/access/vocabulary";
import { unavailable } from "@/server/kernel/errors";
import { askedText, minuteOf } from "@/server/members/domain/auditor";
import type { TenantContext } from "./context";

/** What the frame around every page asks for by itself, each half minute: nothing that a person opened. */
const FRAME: ReadonlySet<string> = new Set([
  ...["notifications.list", "notifications.markRead"],
  ...["approvals.count", "billing.features"],
]);

/**
 * Puts on the log what an auditor is about to be shown, in the transaction that reads it; of anybody else nothing. What
 * cannot be logged is not shown (Unavailable).
 */
export async function logView(
  tx: Tx,
  ctx: TenantContext,
  seen: { action: Action; subject: string; input: unknown; now: Date },
): Promise<void> {
  const { auditor, procedure = seen.action } = ctx;
  if (auditor === undefined || FRAME.has(procedure)) return;
  const { action, subject, input, now: at } = seen;
  try {
    await tx
      .insert(auditorViews)
      .values({
        ...{ tenantId: ctx.tenantId, id: ctx.newId("auditorView"), memberId: auditor.memberId },
        ...{ userId: ctx.principal.id, action, procedure, subject, at, minute: minuteOf(at) },
        ...{ asked: askedText(input), requestId: ctx.requestId },
      })
      .onConflictDoNothing();
  } catch (error) {
    throw unavailable("What an auditor opens is logged, and that failed, so nothing is shown. Try again.", error);
  }
}
