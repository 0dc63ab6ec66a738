import { and, eq } from "drizzle-orm";
import { breakGlassGrants } from "@/db/schema";
import { actorRef } from "@/server/kernel/actor";
import { conflict } from "@/server/kernel/errors";
import { eventOf } from "@/server/kernel/event";
import { defineWrite, type Scope } from "@/server/verb";
import type { BreakGlassStatus } from "./domain/status";
import { breakGlassEnded, breakGlassOpened } from "./events";
import { type BreakGlassRow, loadGrant, setOpenUntil } from "./load";
import { decideBreakGlassSchema, endBreakGlassSchema, reviewBreakGlassSchema } from "./schemas";

const change = ({ tx }: Scope, { tenantId, id }: BreakGlassRow, set: Partial<BreakGlassRow>) =>
  tx
    .update(breakGlassGrants)
    .set(set)
    .where(and(eq(breakGlassGrants.tenantId, tenantId), eq(breakGlassGrants.id, id)));

const stands = ({ id }: BreakGlassRow, status: BreakGlassStatus) => ({ grantId: id, status });

/** Somebody else opens it or refuses; nobody does so for themselves (Forbidden). The time runs from then on. */
export const decideBreakGlass = defineWrite({
  action: "break_glass.approve",
  receipt: "break_glass.approve",
  input: decideBreakGlassSchema,
  load: loadGrant,
  write: async (scope, { verdict, comment }, { grant }) => {
    const { ctx, tx, now } = scope;
    if (grant.status !== "asked")
      throw conflict(`This does not wait for a second person any more: it is ${grant.status}.`);
    const by = actorRef(ctx.actor);
    if (verdict === "rejected") {
      await change(scope, grant, { status: "refused", endedBy: by, endedAt: now, comment });
      return { value: stands(grant, "refused"), detail: { verdict, comment } };
    }
    const expiresAt = new Date(now.getTime() + grant.minutes * 60_000);
    await change(scope, grant, { status: "open", openedBy: by, openedAt: now, expiresAt, comment });
    await setOpenUntil(tx, ctx.tenantId, grant.userId, expiresAt);
    return {
      value: stands(grant, "open"),
      detail: { verdict, comment, minutes: grant.minutes, expiresAt: expiresAt.toISOString() },
      events: [eventOf(breakGlassOpened, { tenantId: ctx.tenantId, grantId: grant.id })],
    };
  },
});

/** Ends it before its time, or takes back what was asked for; whoever may open one may. */
export const endBreakGlass = defineWrite({
  action: "break_glass.end",
  receipt: "break_glass.end",
  input: endBreakGlassSchema,
  load: loadGrant,
  write: async (scope, _input, { grant }) => {
    const { ctx, tx, now } = scope;
    if (grant.status !== "asked" && grant.status !== "open") throw conflict(`It is ${grant.status} already.`);
    const wasOpen = grant.status === "open";
    const status = wasOpen ? "ended" : "refused";
    await change(scope, grant, { status, endedBy: actorRef(ctx.actor), endedAt: now });
    if (wasOpen) await setOpenUntil(tx, ctx.tenantId, grant.userId, null);
    return {
      value: stands(grant, status),
      events: wasOpen ? [eventOf(breakGlassEnded, { tenantId: ctx.tenantId, grantId: grant.id })] : [],
    };
  },
});

/** Somebody else has looked at what it was used for, and says what they found. */
export const reviewBreakGlass = defineWrite({
  action: "break_glass.approve",
  receipt: "break_glass.review",
  input: reviewBreakGlassSchema,
  load: loadGrant,
  write: async (scope, { comment }, { grant }) => {
    const { ctx, now } = scope;
    if (grant.status !== "ended") throw conflict(`Only what has ended is looked at; this is ${grant.status}.`);
    await change(scope, grant, { status: "reviewed", reviewedBy: actorRef(ctx.actor), reviewedAt: now, comment });
    return { value: stands(grant, "reviewed"), detail: { comment } };
  },
});
