import { z } from "zod";

const number = z.coerce.number().pipe(z.int().min(1)).optional().catch(undefined);
const comparisonSchema = z.object({ from: number, to: number });

/** Which two versions are compared; what makes no sense is left out. */
export function readComparison(params: Readonly<Record<string, unknown>>) {
  return comparisonSchema.parse({ from: params.from, to: params.to });
}

interface Numbered {
  number: number;
  status: string;
}

/**
 * The two versions to show side by side: those asked for, else the newest against the one that is published (or was,
 * before it). Null when there is only one.
 */
export function chooseComparison<V extends Numbered>(
  versionsNewestFirst: readonly V[],
  asked: { from?: number | undefined; to?: number | undefined },
): { from: V; to: V } | null {
  const find = (wanted: number | undefined) => versionsNewestFirst.find(({ number: n }) => n === wanted);
  const to = find(asked.to) ?? versionsNewestFirst[0];
  if (to === undefined) return null;
  const older = versionsNewestFirst.filter((version) => version.number < to.number);
  const from = find(asked.from) ?? older.find(({ status }) => status === "published") ?? older[0];
  return from === undefined || from.number === to.number ? null : { from, to };
}
