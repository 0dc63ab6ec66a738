import { and, asc, eq, gt, or, sql } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { members, users } from "@/db/schema";
import { isStanding } from "@/db/standing-members";
import type { Page } from "@/server/kernel/schemas";
import { defineRead } from "@/server/verb";
import { type MemberDto, memberDto } from "./dto";
import { loadMembers } from "./load";
import { listMembersSchema } from "./schemas";

/** The members of the tenant, in the order in which they joined. */
export const listMembers = defineRead({
  action: "member.read",
  input: listMembersSchema,
  load: loadMembers,
  read: async ({ ctx, tx, now }, { limit, cursor, text }): Promise<Page<MemberDto>> => {
    const holds = (column: typeof users.name | typeof users.email) =>
      sql`position(${text?.toLowerCase() ?? ""} in lower(${column})) > 0`;
    const rows = await tx
      .select({ member: members, user: { email: users.email, name: users.name } })
      .from(members)
      .innerJoin(users, eq(users.id, members.userId))
      .where(
        and(
          ...[eq(members.tenantId, ctx.tenantId), isStanding(now)],
          cursor === undefined ? undefined : gt(members.id, cursor),
          text === undefined ? undefined : or(holds(users.name), holds(users.email)),
        ),
      )
      .orderBy(asc(members.id))
      .limit(limit + 1);
    return toPageById(
      rows.map(({ member, user }) => memberDto(member, user)),
      limit,
    );
  },
});
