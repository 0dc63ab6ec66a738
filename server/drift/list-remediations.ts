import { and, eq, isNotNull, isNull } from "drizzle-orm";
import { afterCursor, newestFirst, toPage } from "@/db/paging";
import { members, remediationTasks, users } from "@/db/schema";
import { defineRead } from "@/server/verb";
import { remediationDto } from "./dto";
import { loadRemediations, ownerOf, taskColumns } from "./load";
import { listRemediationsSchema } from "./schemas";

/** The tenant's remediation tasks, opened last first. */
export const listRemediations = defineRead({
  action: "remediation.read",
  input: listRemediationsSchema,
  load: loadRemediations,
  read: async ({ ctx, tx }, { state, limit, cursor }) => {
    const { closedAt, openedAt, id } = remediationTasks;
    const rows = await tx
      .select(taskColumns)
      .from(remediationTasks)
      .leftJoin(users, ownerOf.user)
      .leftJoin(members, ownerOf.member)
      .where(
        and(
          eq(remediationTasks.tenantId, ctx.tenantId),
          state === "open" ? isNull(closedAt) : isNotNull(closedAt),
          afterCursor(openedAt, id, cursor),
        ),
      )
      .orderBy(...newestFirst(openedAt, id))
      .limit(limit + 1);
    const page = toPage(rows, limit, ({ task }) => ({ at: task.openedAt, id: task.id }));
    return { ...page, rows: page.rows.map(remediationDto) };
  },
});
