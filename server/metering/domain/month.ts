/** A calendar month in UTC, as usage is counted and charged by. */
export interface Month {
  /** `YYYY-MM`. */
  month: string;
  from: Date;
  /** The first moment that is no more in it. */
  to: Date;
}

/** `YYYY-MM` from the first year in which anybody could have used anything. */
export const MONTH = /^20(?:2[6-9]|[3-9]\d)-(?:0[1-9]|1[0-2])$/;

const startOf = (year: number, index: number) => new Date(Date.UTC(year, index, 1));

/** The month that holds this moment. */
export function monthOf(moment: Date): Month {
  const [year, index] = [moment.getUTCFullYear(), moment.getUTCMonth()];
  const from = startOf(year, index);
  return { month: from.toISOString().slice(0, 7), from, to: startOf(year, index + 1) };
}

/** A month by its name, `YYYY-MM`. */
export const monthNamed = (month: string): Month => monthOf(new Date(`${month}-01T00:00:00Z`));

/** The month so many months later; earlier, below zero. */
export const monthAfter = ({ from }: Month, months: number): Month =>
  monthOf(startOf(from.getUTCFullYear(), from.getUTCMonth() + months));

/** The days of a month up to a moment, `YYYY-MM-DD`, first to last. */
export function daysUntil({ from, to }: Month, moment: Date): string[] {
  const days: string[] = [];
  for (let day = from; day < to && day <= moment; day = new Date(day.getTime() + 86_400_000))
    days.push(day.toISOString().slice(0, 10));
  return days;
}
