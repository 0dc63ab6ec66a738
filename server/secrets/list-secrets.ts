import { and, desc, eq, isNull, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { secrets } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { nameReferences } from "@/server/receipts";
import { defineRead } from "@/server/verb";
import { type SecretDto, secretDto, SHOWN } from "./dto";
import { loadSecrets } from "./load";
import { listSecretsSchema } from "./schemas";

type ListedSecret = SecretDto & { updatedByName: string | null };

/** The tenant's secrets, newest first, without their values. */
export const listSecrets = defineRead({
  action: "secret.read",
  input: listSecretsSchema,
  load: loadSecrets,
  read: async (scope, { limit, cursor }): Promise<Page<ListedSecret>> => {
    const { ctx, tx } = scope;
    const before = cursor === undefined ? undefined : lt(secrets.id, cursor);
    const rows = await tx
      .select(SHOWN)
      .from(secrets)
      .where(and(eq(secrets.tenantId, ctx.tenantId), isNull(secrets.endedAt), before))
      .orderBy(desc(secrets.id))
      .limit(limit + 1);
    const names = await nameReferences(
      scope,
      rows.map(({ updatedBy }) => updatedBy),
    );
    const listed = rows.map((row) => ({ ...secretDto(row), updatedByName: names.get(row.updatedBy)?.name ?? null }));
    return toPageById(listed, limit);
  },
});
