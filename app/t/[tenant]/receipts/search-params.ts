import { z } from "zod";
import { dayParam } from "@/app/_shared/day-param";
import { hrefOf, textParam } from "@/app/_shared/page-params";
import { startOfDay } from "@/app/_shared/zone";
import { getReceiptSchema, listReceiptsSchema } from "@/server/receipts/schemas";

const { before, action, actor, subject } = listReceiptsSchema.shape;
const receiptsParamsSchema = z.object({
  before: z.coerce.number().pipe(before.unwrap()).optional().catch(undefined),
  action: action.catch(undefined),
  actor: actor.catch(undefined),
  person: textParam,
  subject: subject.catch(undefined),
  thing: textParam,
  from: dayParam,
  /** The last day, which is part of it. */
  to: dayParam,
});

type Params = z.output<typeof receiptsParamsSchema>;
export type ReceiptFilters = Omit<Params, "before">;

/** Which receipts are asked for; what makes no sense is left out. */
export function readReceiptsParams(params: Readonly<Record<string, unknown>>) {
  const { before: place, ...filters } = receiptsParamsSchema.parse(params);
  return { before: place, filters };
}

/** True when these filters leave anything out. */
export const isNarrowed = (filters: ReceiptFilters) => hrefOf("", { ...filters }) !== "";

/** The same as the server takes it: days as moments, in the reader's zone. */
export function asked({ from, to, ...rest }: ReceiptFilters, zone: string) {
  return {
    ...rest,
    from: from === undefined ? undefined : startOfDay(from, zone),
    to: to === undefined ? undefined : startOfDay(to, zone, 1),
  };
}

/** The address of a page of receipts. */
export const receiptsHref = (tenant: string, filters: ReceiptFilters, place?: number) =>
  hrefOf(`/t/${tenant}/receipts`, { ...filters, before: place });

/** A receipt's number as its address says it; null for anything else. */
export function readNumber(text: string): number | null {
  const read = getReceiptSchema.shape.seq.safeParse(Number(/^[1-9]\d*$/.exec(text)?.[0]));
  return read.success ? read.data : null;
}
