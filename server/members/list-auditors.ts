import { and, count, desc, eq, lt, max } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { auditorGrants, auditorViews, users } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { defineRead } from "@/server/verb";
import { type AuditorState, auditorState } from "./domain/auditor";
import { loadMembers } from "./load";
import { listAuditorsSchema } from "./schemas";

/** An auditor as pages show them, also after their time; moments are ISO 8601. */
export interface AuditorDto {
  /** Of the membership. */
  id: string;
  name: string | null;
  email: string;
  engagement: string;
  state: AuditorState;
  startsAt: string;
  endsAt: string;
  endedAt: string | null;
  /** How many things were opened, each once a minute, and when the last one was. */
  views: number;
  lastSeenAt: string | null;
}

/** Everybody who was let in as an auditor, those of now and before, newest first. */
export const listAuditors = defineRead({
  action: "member.read",
  input: listAuditorsSchema,
  load: loadMembers,
  read: async ({ ctx, tx, now }, { limit, cursor }): Promise<Page<AuditorDto>> => {
    const rows = await tx
      .select({
        grant: auditorGrants,
        name: users.name,
        email: users.email,
        views: count(auditorViews.id),
        last: max(auditorViews.at),
      })
      .from(auditorGrants)
      .innerJoin(users, eq(users.id, auditorGrants.userId))
      .leftJoin(
        auditorViews,
        and(eq(auditorViews.tenantId, auditorGrants.tenantId), eq(auditorViews.memberId, auditorGrants.memberId)),
      )
      .where(
        and(
          eq(auditorGrants.tenantId, ctx.tenantId),
          cursor === undefined ? undefined : lt(auditorGrants.memberId, cursor),
        ),
      )
      .groupBy(auditorGrants.tenantId, auditorGrants.memberId, users.id)
      .orderBy(desc(auditorGrants.memberId))
      .limit(limit + 1);
    return toPageById(
      rows.map(({ grant, name, email, views, last }) => ({
        ...{ id: grant.memberId, name, email, engagement: grant.engagement, state: auditorState(grant, now) },
        ...{ startsAt: grant.startsAt.toISOString(), endsAt: grant.endsAt.toISOString() },
        ...{ endedAt: grant.endedAt?.toISOString() ?? null, views, lastSeenAt: last?.toISOString() ?? null },
      })),
      limit,
    );
  },
});
