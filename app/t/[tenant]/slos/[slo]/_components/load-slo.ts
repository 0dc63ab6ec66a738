import { notFound } from "next/navigation";
import { attempt } from "@/app/_trpc/load";
import type { tenantApi } from "@/app/_trpc/server";
import type { RangeDays } from "../../search-params";

type Api = Awaited<ReturnType<typeof tenantApi>>;

/**
 * An objective with what it counted: finely over the days that are shown, and as long as anything is known, since what is left
 * of a budget depends on the whole period before.
 */
export async function loadSlo(api: Api, sloId: string, days: RangeDays) {
  const [list, fine, long] = await Promise.all([
    attempt(api.slos.list({})),
    attempt(api.slos.history({ sloId, days })),
    attempt(api.slos.history({ sloId, days: 90 })),
  ]);
  if (list.denied !== null) return list;
  if (fine.denied !== null) return fine;
  if (long.denied !== null) return long;
  const slo = list.value.rows.find(({ id }) => id === sloId);
  if (slo === undefined) notFound();
  return { denied: null, slo, fine: fine.value, long: long.value };
}
