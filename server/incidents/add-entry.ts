import { incidentEntries } from "@/db/schema";
import type { Tx } from "@/db/tenancy";
import { type Actor, actorRef } from "@/server/kernel/actor";
import type { Clock } from "@/server/kernel/clock";
import type { NewId } from "@/server/kernel/ids";
import type { Json } from "@/server/kernel/json";
import type { TimelineKind, TimelineSource } from "./domain/timeline";

/** What whoever writes about an incident in a transaction of their own brings. */
export interface EntryContext {
  tenantId: string;
  clock: Clock;
  newId: NewId;
}

export interface Entry {
  incidentId: string;
  kind: TimelineKind;
  source: TimelineSource;
  /** A reference, as receipts name actors. */
  actor: string;
  text: string;
  facts?: Json;
  isPublic?: boolean;
}

/** Adds to an incident's timeline. It is never changed after. */
export async function addEntry(tx: Tx, ctx: EntryContext, { facts = {}, ...entry }: Entry): Promise<string> {
  const id = ctx.newId("incidentEntry");
  await tx.insert(incidentEntries).values({ tenantId: ctx.tenantId, id, at: ctx.clock.now(), facts, ...entry });
  return id;
}

/** Who writes, for an entry of a verb. */
export const writtenBy = (actor: Actor): Pick<Entry, "actor" | "source"> => ({
  ...{ actor: actorRef(actor), source: actor.kind === "user" ? "person" : "api" },
});
