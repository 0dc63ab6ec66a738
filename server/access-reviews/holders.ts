import { and, eq, gt, inArray, isNull } from "drizzle-orm";
import { apiKeys, members } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Tx } from "@/db/tenancy";
import type { Access } from "./domain/access";

type MemberRow = typeof members.$inferSelect;
type KeyRow = typeof apiKeys.$inferSelect;

export const memberAccess = ({ roles, region, businessUnit, clearance, auditorUntil }: MemberRow): Access => ({
  ...{ roles, region, businessUnit, clearance, expiresAt: auditorUntil?.toISOString() ?? null },
});

export const keyAccess = ({ roles, region, businessUnit, clearance, expiresAt }: KeyRow): Access => ({
  ...{ roles, region, businessUnit, clearance, expiresAt: expiresAt.toISOString() },
});

interface Holding {
  kind: string;
  holderId: string;
}

const idsOf = (holdings: readonly Holding[], kind: string) =>
  holdings.filter((one) => one.kind === kind).map(({ holderId }) => holderId);

/** What of these is still there, by the holder's id: members, and keys that are live. */
export async function presentHolders(tx: Tx, tenantId: string, holdings: readonly Holding[], now: Date) {
  const [memberIds, keyIds] = [idsOf(holdings, "member"), idsOf(holdings, "api_key")];
  const memberRows =
    memberIds.length === 0
      ? []
      : await tx
          .select()
          .from(members)
          .where(and(eq(members.tenantId, tenantId), inArray(members.id, memberIds), isStanding(now)));
  const keyRows =
    keyIds.length === 0
      ? []
      : await tx
          .select()
          .from(apiKeys)
          .where(
            and(
              ...[eq(apiKeys.tenantId, tenantId), inArray(apiKeys.id, keyIds)],
              ...[isNull(apiKeys.revokedAt), gt(apiKeys.expiresAt, now)],
            ),
          );
  return new Map<string, Access>([
    ...memberRows.map((row) => [row.id, memberAccess(row)] as const),
    ...keyRows.map((row) => [row.id, keyAccess(row)] as const),
  ]);
}
