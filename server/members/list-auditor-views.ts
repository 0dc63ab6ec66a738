import { and, desc, eq, gte, like, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { auditorViews, users } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { nameReferences } from "@/server/receipts";
import { defineRead, type Scope } from "@/server/verb";
import type { AuditorViewDto } from "./domain/auditor-view";
import { listAuditorViewsSchema } from "./schemas";

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
  read: async (scope, { limit, cursor, memberId, room, from, to }): Promise<Page<AuditorViewDto>> => {
    const { ctx, tx } = scope;
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
    const { rows: shown, nextCursor } = toPageById(
      rows.map(({ view, name, email }) => ({ ...view, name, email })),
      limit,
    );
    const things = shown.map(({ subject }) => subject).filter((subject) => !subject.startsWith("tenant:"));
    const names = await nameReferences(scope, new Set(things));
    return {
      rows: shown.map(({ id, at, name, email, procedure, action, subject, asked, requestId }) => ({
        ...{ id, at: at.toISOString(), name, email, procedure, action, subject, asked, requestId },
        ...{ subjectName: names.get(subject)?.name ?? null, subjectPath: names.get(subject)?.path ?? null },
      })),
      nextCursor,
    };
  },
});
