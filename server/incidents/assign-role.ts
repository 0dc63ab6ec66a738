import { and, eq } from "drizzle-orm";
import { incidentRoles } from "@/db/schema";
import { conflict } from "@/server/kernel/errors";
import { defineWrite } from "@/server/verb";
import { addEntry, writtenBy } from "./add-entry";
import { findMember } from "./find-member";
import { loadIncidentForChange } from "./load";
import { assignRoleSchema } from "./schemas";

/** Gives a part in an incident to a member (NotFound for anybody else), or to nobody. No change is a Conflict. */
export const assignRole = defineWrite({
  action: "incident.acknowledge",
  receipt: "incident.assign",
  input: assignRoleSchema,
  load: loadIncidentForChange,
  write: async (scope, { incidentId, role, memberId }) => {
    const { ctx, tx, now } = scope;
    const { tenantId } = ctx;
    const member = memberId === undefined ? null : await findMember(scope, memberId);
    const ofIncident = and(
      ...[eq(incidentRoles.tenantId, tenantId), eq(incidentRoles.incidentId, incidentId), eq(incidentRoles.role, role)],
    );
    const [before] = await tx.select().from(incidentRoles).where(ofIncident);
    if ((before?.userId ?? null) === (member?.userId ?? null)) throw conflict("That is so already.");
    await tx.delete(incidentRoles).where(ofIncident);
    if (member !== null)
      await tx.insert(incidentRoles).values({ tenantId, incidentId, role, userId: member.userId, assignedAt: now });
    const facts = { role, userId: member?.userId ?? null };
    await addEntry(tx, ctx, { ...writtenBy(ctx.actor), incidentId, kind: "role", text: member?.name ?? "", facts });
    return { value: facts, detail: facts };
  },
});
