import { z } from "zod";
import { dayParam } from "@/app/_shared/day-param";
import { cursorParam, hrefOf } from "@/app/_shared/page-params";
import { startOfDay } from "@/app/_shared/zone";
import { listAuditorViewsSchema } from "@/server/members/schemas";

const { memberId, room } = listAuditorViewsSchema.shape;
const auditorsParamsSchema = z.object({
  /** Place in the list of auditors. */
  after: memberId.catch(undefined),
  /** Place in the log. */
  cursor: cursorParam,
  who: memberId.catch(undefined),
  room: room.catch(undefined),
  from: dayParam,
  /** The last day, which is part of it. */
  to: dayParam,
});

type Params = z.output<typeof auditorsParamsSchema>;
export type ViewFilters = Partial<Omit<Params, "after" | "cursor">>;

/** What of auditors and of the log is asked for; what makes no sense is left out. */
export function readAuditorsParams(params: Readonly<Record<string, unknown>>) {
  const { after, cursor, ...filters } = auditorsParamsSchema.parse(params);
  return { after, cursor, filters };
}

/** True when these filters leave anything out. */
export const isNarrowed = (filters: ViewFilters) => hrefOf("", { ...filters }) !== "";

/** The same as the server takes it: days as moments, in the reader's zone. */
export function askedViews({ who, room: part, from, to }: ViewFilters, zone: string) {
  return {
    ...{ memberId: who, room: part },
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(to, zone, 1),
  };
}

/** The address of the page. */
export const auditorsHref = (
  tenant: string,
  filters: ViewFilters,
  place: { after?: string | undefined; cursor?: string | undefined } = {},
) => hrefOf(`/t/${tenant}/members/auditors`, { ...filters, ...place });

/** Where the log is exported, narrowed the same way. */
export const viewsExportHref = (tenant: string, filters: ViewFilters) =>
  hrefOf(`/t/${tenant}/members/auditors/export`, { ...filters });
