import { and, asc, eq, gt, isNull } from "drizzle-orm";
import { adapters, adapterSecrets } from "@/db/schema";
import { closedFor } from "@/server/entitlements";
import { defineRead, noInput } from "@/server/verb";
import type { InputField } from "@/server/workflows/domain/input-fault";
import { loadAdapters } from "./load";

/** An adapter as pages show it: all but its signing secret. Moments are ISO 8601. */
export interface AdapterDto {
  id: string;
  slug: string;
  name: string;
  description: string;
  address: string;
  input: Readonly<Record<string, InputField>>;
  timeoutSeconds: number;
  createdAt: string;
  updatedAt: string;
  /** Until when calls are signed with the secret before the last rotation too; null when they are not. */
  previousValidUntil: string | null;
}

/** The tenant's adapters in use, by name, at most 100; and why it may not call them, null where it may. */
export const listAdapters = defineRead({
  action: "adapter.read",
  input: noInput,
  load: loadAdapters,
  read: async ({
    ctx,
    tx,
    now,
  }): Promise<{ rows: AdapterDto[]; closed: "not-in-plan" | "read-only" | "held-back" | null }> => {
    const { tenantId } = ctx;
    const rows = await tx
      .select({ adapter: adapters, previousValidUntil: adapterSecrets.validUntil })
      .from(adapters)
      .leftJoin(
        adapterSecrets,
        and(
          ...[eq(adapterSecrets.tenantId, adapters.tenantId), eq(adapterSecrets.id, adapters.id)],
          gt(adapterSecrets.validUntil, now),
        ),
      )
      .where(and(eq(adapters.tenantId, tenantId), isNull(adapters.endedAt)))
      .orderBy(asc(adapters.slug));
    const closed = await closedFor(tx, { tenantId, feature: "custom-adapters", use: "change" }, now);
    return {
      rows: rows.map(({ adapter, previousValidUntil }) => {
        const { id, slug, name, description, address, input, timeoutSeconds, createdAt, updatedAt } = adapter;
        return {
          ...{ id, slug, name, description, address, input, timeoutSeconds },
          ...{ createdAt: createdAt.toISOString(), updatedAt: updatedAt.toISOString() },
          previousValidUntil: previousValidUntil?.toISOString() ?? null,
        };
      }),
      closed: closed?.why ?? null,
    };
  },
});
