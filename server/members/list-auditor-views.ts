import { and, desc, eq, gte, like, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { auditorViews, users } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { defineRead, type Scope } from "@/server/verb";
import { listAuditorViewsSchema } from "./schemas";

/** One thing that an auditor was shown. */
export interface AuditorViewDto {
  id: string;
  /** ISO 8601. */
  at: string;
  name: string | null;
  email: string;
  /** The call that showed it, such as `findings.get`. */
  procedure: string;
  action: string;
  /** `<kind>:<id>`, as receipts name it. */
  subject: string;
  requestId: string;
}

/** What people looked at is for those who answer for it and those who check it, as what was decided about them is. */
const loadLog = async ({ ctx }: Scope) => ({
  resource: { subject: "decision" as const, tenantId: ctx.tenantId },
  subject: `tenant:${ctx.tenantId}`,
});

/** The log of what auditors were shown, newest first, as far as the filters let. */
export const listAuditorViews = defineRead({
  action: "decision.read",
  input: listAuditorViewsSchema,
  load: loadLog,
  read: async ({ ctx, tx }, { limit, cursor, memberId, room, from, to }): Promise<Page<AuditorViewDto>> => {
    const rows = await tx
      .select({ view: auditorViews, name: users.name, email: users.email })
      .from(auditorViews)
      .innerJoin(users, eq(users.id, auditorViews.userId))
      .where(
        and(
          eq(auditorViews.tenantId, ctx.tenantId),
          cursor === undefined ? undefined : lt(auditorViews.id, cursor),
          memberId === undefined ? undefined : eq(auditorViews.memberId, memberId),
          room === undefined ? undefined : like(auditorViews.procedure, `${room}.%`),
          from === undefined ? undefined : gte(auditorViews.at, from),
          to === undefined ? undefined : lt(auditorViews.at, to),
        ),
      )
      .orderBy(desc(auditorViews.id))
      .limit(limit + 1);
    return toPageById(
      rows.map(({ view, name, email }) => {
        const { id, at, procedure, action, subject, requestId } = view;
        return { id, at: at.toISOString(), name, email, procedure, action, subject, requestId };
      }),
      limit,
    );
  },
});
