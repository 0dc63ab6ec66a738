import { and, arrayOverlaps, eq, gt, inArray, isNull, max } from "drizzle-orm";
import { apiKeys, members, receipts, sessions, users } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";
import type { RoleGrant } from "@/server/members/domain/role-grants";
import { listRoleGrants } from "@/server/members";
import type { Grant, ReviewScope, Snapshot } from "./domain/access";
import type { HolderKind } from "./domain/status";
import { keyAccess, memberAccess } from "./holders";
import { namePeople } from "./name-people";

/** A holder of access at this moment. */
export interface Held {
  kind: HolderKind;
  holderId: string;
  about: string[];
  snapshot: Snapshot;
}

const userIn = (actor: string) => (actor.startsWith("user:") ? actor.slice("user:".length) : null);

const latestOf = (grants: Iterable<RoleGrant>): RoleGrant | null =>
  [...grants].sort((a, b) => b.receipt - a.receipt)[0] ?? null;

async function namedGrants(tx: Tx, grants: ReadonlyMap<string, RoleGrant | null>): Promise<Map<string, Grant | null>> {
  const ids = [...grants.values()].map((grant) => (grant === null ? null : userIn(grant.actor)));
  const people = await namePeople(tx, new Set(ids.filter((id) => id !== null)));
  return new Map(
    [...grants].map(([id, grant]) => {
      if (grant === null) return [id, null];
      const person = people.get(userIn(grant.actor) ?? "");
      return [id, { ...grant, name: person?.name ?? person?.email ?? grant.actor }];
    }),
  );
}

async function heldByMembers(tx: Tx, tenantId: string, { roles }: ReviewScope, now: Date): Promise<Held[]> {
  const rows = await tx
    .select({ member: members, name: users.name, email: users.email })
    .from(members)
    .innerJoin(users, eq(users.id, members.userId))
    .where(
      and(
        ...[eq(members.tenantId, tenantId), isStanding(now)],
        roles.length === 0 ? undefined : arrayOverlaps(members.roles, [...roles]),
      ),
    );
  if (rows.length === 0) return [];
  const userIds = rows.map(({ member }) => member.userId);
  const seen = await tx
    .select({ userId: sessions.userId, at: max(sessions.createdAt) })
    .from(sessions)
    .where(inArray(sessions.userId, userIds))
    .groupBy(sessions.userId);
  const seenAt = new Map(seen.map(({ userId, at }) => [userId, at]));
  const ids = rows.map(({ member }) => member.id);
  const byRole = await listRoleGrants(tx, tenantId, ids);
  const grants = await namedGrants(tx, new Map(ids.map((id) => [id, latestOf(byRole.get(id)?.values() ?? [])])));
  return rows.map(({ member, name, email }) => ({
    ...{ kind: "member", holderId: member.id, about: [member.userId] },
    snapshot: {
      ...{ name: name ?? email, email, access: memberAccess(member), since: member.rolesChangedAt.toISOString() },
      ...{ grant: grants.get(member.id) ?? null, lastSeenAt: seenAt.get(member.userId)?.toISOString() ?? null },
    },
  }));
}

/** Who made these keys or was given their secret, the first receipt of each first. */
async function shapersOf(tx: Tx, tenantId: string, keyIds: readonly string[]) {
  const subjects = keyIds.map((id) => `api_key:${id}`);
  const rows = await tx
    .select({ subject: receipts.subject, actor: receipts.actor, at: receipts.at, seq: receipts.seq })
    .from(receipts)
    .where(
      and(
        ...[eq(receipts.tenantId, tenantId), inArray(receipts.subject, subjects)],
        inArray(receipts.action, ["api_key.create", "api_key.rotate"]),
      ),
    )
    .orderBy(receipts.seq);
  return Map.groupBy(rows, ({ subject }) => subject.slice("api_key:".length));
}

/** The most people who are named behind one key: as many as policy takes. */
const PEOPLE_MAX = 1_000;

/** Whoever made a key or was given its secret, by user id; of very many, the latest. */
const peopleBehind = (createdBy: string, shapers: readonly { actor: string }[]): string[] => {
  const people = shapers.map(({ actor }) => userIn(actor)).filter((id) => id !== null);
  return [...new Set([createdBy, ...people])].slice(-PEOPLE_MAX);
};

/** Whoever was given the secret of these keys by now, by key id. */
export async function peopleBehindKeys(tx: Tx, tenantId: string, keyIds: readonly string[]) {
  if (keyIds.length === 0) return new Map<string, string[]>();
  const shapers = await shapersOf(tx, tenantId, keyIds);
  return new Map(
    [...shapers].map(([id, made]) => [id, made.map(({ actor }) => userIn(actor)).filter((who) => who !== null)]),
  );
}

async function heldByKeys(tx: Tx, tenantId: string, now: Date): Promise<Held[]> {
  const rows = await tx
    .select()
    .from(apiKeys)
    .where(and(eq(apiKeys.tenantId, tenantId), isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now)));
  if (rows.length === 0) return [];
  const shapers = await shapersOf(
    ...([tx, tenantId] as const),
    rows.map(({ id }) => id),
  );
  const first = new Map(
    rows.map(({ id }) => {
      const made = shapers.get(id)?.[0];
      return [id, made === undefined ? null : { actor: made.actor, at: made.at.toISOString(), receipt: made.seq }];
    }),
  );
  const grants = await namedGrants(tx, first);
  return rows.map((key) => ({
    ...{ kind: "api_key", holderId: key.id, about: peopleBehind(key.createdBy, shapers.get(key.id) ?? []) },
    snapshot: {
      ...{ name: key.name, email: null, access: keyAccess(key), since: key.createdAt.toISOString() },
      ...{ grant: grants.get(key.id) ?? null, lastSeenAt: key.lastUsedAt?.toISOString() ?? null },
    },
  }));
}

/** Everybody and every live key that a review looks at, as they are now, by name: members first. */
export async function takeSnapshot(tx: Tx, tenantId: string, scope: ReviewScope, now: Date): Promise<Held[]> {
  const byName = (a: Held, b: Held) => a.snapshot.name.localeCompare(b.snapshot.name, "en");
  const people = await heldByMembers(tx, tenantId, scope, now);
  const keys = scope.withApiKeys ? await heldByKeys(tx, tenantId, now) : [];
  return [...people.sort(byName), ...keys.sort(byName)];
}
