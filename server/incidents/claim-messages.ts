import { and, asc, desc, eq, gt, inArray, isNull, type SQL } from "drizzle-orm";
import { incidentMessages, incidents, tenants, users } from "@/db/schema";
import { type Tx, withTenant } from "@/db/tenancy";
import { must } from "@/server/kernel/errors";
import { env } from "@/server/platform/env";
import { type MessageOccasion, RATE_MOST, roomAt } from "./domain/messages";
import type { Severity } from "./domain/severity";
import { isUnresolved } from "./domain/status";
import type { MessageContext } from "./plan-messages";
import { runbooksOf } from "./runbooks-of";

/** How long whoever claimed a message has it to send (milliseconds): longer than any mail server takes. */
const CLAIM_MS = 60_000;
/** Messages that one letter gathers. */
const GATHERED_MAX = 20;

type MessageRow = typeof incidentMessages.$inferSelect;

/** One incident as a message tells of it. */
export interface ToldIncident {
  incidentId: string;
  occasion: MessageOccasion;
  title: string;
  summary: string;
  severity: Severity;
  isDrill: boolean;
  alertCount: number;
  url: string;
  /** What to do about it: the address of a page that needs no sign-in. */
  runbookUrl: string;
}

/** Messages that are to be sent as one, by whoever claimed them. */
export interface ClaimedMessages {
  state: "claimed";
  ids: string[];
  /** The same each time these are claimed: what a channel tells a repeat by. */
  name: string;
  channel: MessageRow["channel"];
  /** Address of the person; null for a channel that is the tenant's. */
  to: string | null;
  tenantName: string;
  attempts: number;
  incidents: ToldIncident[];
}

/** `over`: it was sent, given up, or asks nobody any more. `wait`: until then somebody else has it, or there is no room. */
export type Claim = ClaimedMessages | { state: "over" } | { state: "wait"; until: Date };

const toSame = ({ tenantId, channel, userId }: MessageRow): SQL | undefined =>
  and(
    ...[eq(incidentMessages.tenantId, tenantId), eq(incidentMessages.channel, channel)],
    userId === null ? isNull(incidentMessages.userId) : eq(incidentMessages.userId, userId),
  );

const isOpen = and(isNull(incidentMessages.sentAt), isNull(incidentMessages.failure));

/** When those that have room now were last told, newest first, a gathered letter once. */
async function lastSent(tx: Tx, message: MessageRow): Promise<Date[]> {
  const rows = await tx
    .selectDistinct({ sentAt: incidentMessages.sentAt })
    .from(incidentMessages)
    .where(and(toSame(message), gt(incidentMessages.sentAt, new Date(0))))
    .orderBy(desc(incidentMessages.sentAt))
    .limit(RATE_MOST);
  return rows.flatMap(({ sentAt }) => sentAt ?? []);
}

/** What goes with a message: what was claimed with it before, or else all that wait for the same reader. */
async function gather(tx: Tx, message: MessageRow): Promise<MessageRow[]> {
  const { claimedUntil } = message;
  const together =
    claimedUntil === null ? isNull(incidentMessages.claimedUntil) : eq(incidentMessages.claimedUntil, claimedUntil);
  const others = await tx
    .select()
    .from(incidentMessages)
    .where(and(toSame(message), isOpen, together))
    .orderBy(asc(incidentMessages.id))
    .limit(GATHERED_MAX)
    .for("update", { skipLocked: true });
  return others.some(({ id }) => id === message.id) ? others : [...others.slice(1), message];
}

async function toldIncidents(tx: Tx, tenantSlug: string, messages: readonly MessageRow[]) {
  const [first] = messages;
  if (first === undefined) return [];
  const rows = await tx
    .select()
    .from(incidents)
    .where(
      and(
        eq(incidents.tenantId, first.tenantId),
        inArray(
          incidents.id,
          messages.map(({ incidentId }) => incidentId),
        ),
      ),
    );
  const runbook = await runbooksOf(tx, first.tenantId, rows);
  const here = (address: string) => new URL(address, env().CONDUCTOR_PUBLIC_URL).href;
  return messages.map((message) => {
    const incident = must(
      rows.find(({ id }) => id === message.incidentId),
      "a message's incident exists, by foreign key",
    );
    const { title, summary, severity, isDrill, alertCount, status, acknowledgedAt } = incident;
    return {
      id: message.id,
      asks: isUnresolved(status) && acknowledgedAt === null,
      told: {
        ...{ incidentId: incident.id, occasion: message.occasion, title, summary, severity, isDrill, alertCount },
        ...{ url: here(`/t/${tenantSlug}/incidents/${incident.id}`), runbookUrl: here(runbook(incident)) },
      } satisfies ToldIncident,
    };
  });
}

const withIds = (tenantId: string, ids: readonly string[]) =>
  and(eq(incidentMessages.tenantId, tenantId), inArray(incidentMessages.id, [...ids]));

/**
 * Claims a message before it is sent, with all that wait for the same reader: nobody else sends them for a minute. What
 * asks nobody any more is given up. Whoever dies in between loses nothing: the same ones are claimed again, under the same
 * name.
 */
export function claimMessages(ctx: MessageContext, messageId: string): Promise<Claim> {
  const { tenantId } = ctx;
  return withTenant(ctx, async (tx): Promise<Claim> => {
    const now = ctx.clock.now();
    const [message] = await tx
      .select()
      .from(incidentMessages)
      .where(withIds(tenantId, [messageId]))
      .for("update");
    if (message === undefined || message.sentAt !== null || message.failure !== null) return { state: "over" };
    if (message.claimedUntil !== null && message.claimedUntil > now)
      return { state: "wait", until: message.claimedUntil };
    const until = message.claimedUntil === null ? roomAt(await lastSent(tx, message), now) : null;
    if (until !== null) return { state: "wait", until };
    const [tenant] = await tx.select().from(tenants).where(eq(tenants.tenantId, tenantId));
    const { slug, name: tenantName } = must(tenant, "a tenant has a row");
    const gathered = await gather(tx, message);
    const told = await toldIncidents(tx, slug, gathered);
    const gone = told.filter(({ asks }) => !asks).map(({ id }) => id);
    if (gone.length > 0) await tx.update(incidentMessages).set({ failure: "over" }).where(withIds(tenantId, gone));
    const asking = told.filter(({ asks }) => asks);
    if (asking.length === 0) return { state: "over" };
    const ids = asking.map(({ id }) => id);
    const attempts = Math.max(...gathered.map((each) => each.attempts)) + 1;
    await tx
      .update(incidentMessages)
      .set({ claimedUntil: new Date(now.getTime() + CLAIM_MS), attempts })
      .where(withIds(tenantId, ids));
    const [person] = message.userId === null ? [] : await tx.select().from(users).where(eq(users.id, message.userId));
    return {
      ...{ state: "claimed", ids, name: gathered[0]?.id ?? messageId, channel: message.channel, tenantName, attempts },
      ...{ to: person?.email ?? null, incidents: asking.map((each) => each.told) },
    };
  });
}

/** What was claimed was sent. */
export const markSent = (ctx: MessageContext, { ids }: ClaimedMessages): Promise<unknown> =>
  withTenant(ctx, (tx) =>
    tx.update(incidentMessages).set({ sentAt: ctx.clock.now() }).where(withIds(ctx.tenantId, ids)),
  );

/** Tries after which a message is given up. */
const ATTEMPTS_MAX = 8;

/** What was claimed could not be sent: it may be claimed again from a moment on, or was tried often enough. */
export async function markUnsent(
  ctx: MessageContext,
  { ids, attempts }: ClaimedMessages,
  { failure, isFinal = false }: { failure: string; isFinal?: boolean },
): Promise<"again" | "given up"> {
  const isOver = isFinal || attempts >= ATTEMPTS_MAX;
  // Claimed for no time at all: those that were claimed together stay together.
  const change = isOver ? { failure: failure.slice(0, 300) } : { claimedUntil: ctx.clock.now() };
  await withTenant(ctx, (tx) => tx.update(incidentMessages).set(change).where(withIds(ctx.tenantId, ids)));
  return isOver ? "given up" : "again";
}
