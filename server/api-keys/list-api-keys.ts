import { and, desc, eq, lt } from "drizzle-orm";
import { toPageById } from "@/db/paging";
import { apiKeys } from "@/db/schema";
import type { Page } from "@/server/kernel/schemas";
import { defineRead } from "@/server/verb";
import { type ApiKeyDto, apiKeyDto } from "./dto";
import { loadApiKeys } from "./load";
import { listApiKeysSchema } from "./schemas";

/** The tenant's keys, newest first, ended ones included. */
export const listApiKeys = defineRead({
  action: "api_key.read",
  input: listApiKeysSchema,
  load: loadApiKeys,
  read: async ({ ctx, tx, now }, { limit, cursor }): Promise<Page<ApiKeyDto>> => {
    const before = cursor === undefined ? undefined : lt(apiKeys.id, cursor);
    const rows = await tx
      .select()
      .from(apiKeys)
      .where(and(eq(apiKeys.tenantId, ctx.tenantId), before))
      .orderBy(desc(apiKeys.id))
      .limit(limit + 1);
    return toPageById(
      rows.map((row) => apiKeyDto(row, now)),
      limit,
    );
  },
});
