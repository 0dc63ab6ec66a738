import { dayOf, localDay, momentOf } from "./zone-time";

export const ROTATIONS = ["daily", "weekly"] as const;
export type Rotation = (typeof ROTATIONS)[number];

/** People who take turns. */
export interface Schedule {
  /** IANA name: hand-offs are by its clocks, summer and winter. */
  zone: string;
  rotation: Rotation;
  /** `HH:MM`, when the next one takes over. */
  handoffAt: string;
  /** `YYYY-MM-DD`, the first one's first day; weeks begin on its day of the week. */
  startsOn: string;
  /** User ids in their order. */
  people: readonly string[];
}

/** Somebody else for a while: from its start on, up to and without its end. */
export interface Override {
  userId: string;
  startsAt: Date;
  endsAt: Date;
  createdAt: Date;
}

/** Who is on call from a moment on, up to and without another. */
export interface Shift {
  userId: string;
  from: Date;
  until: Date;
  isOverride: boolean;
}

const DAYS: Readonly<Record<Rotation, number>> = { daily: 1, weekly: 7 };

function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(":").map(Number);
  return hours * 60 + minutes;
}

/** The turn of the rotation that a moment lies in; null before the first, or without people. */
function turnAt({ zone, rotation, handoffAt, startsOn, people }: Schedule, at: Date): Shift | null {
  const minutes = minutesOf(handoffAt);
  const today = localDay(zone, at);
  // A time that the clocks leave out may be shown a day later, and the turn then still is the one before.
  const day = [today + 1, today, today - 1, today - 2].find((each) => momentOf(zone, each, minutes) <= at);
  const first = dayOf(startsOn);
  if (day === undefined || day < first || people.length === 0) return null;
  const turn = Math.floor((day - first) / DAYS[rotation]);
  const userId = people[turn % people.length];
  if (userId === undefined) return null;
  const begins = first + turn * DAYS[rotation];
  const [from, until] = [begins, begins + DAYS[rotation]].map((each) => momentOf(zone, each, minutes));
  return from === undefined || until === undefined ? null : { userId, from, until, isOverride: false };
}

/** Who is on call at a moment, and from when until when. Of several overrides the one that was made last counts. */
export function shiftAt(schedule: Schedule, overrides: readonly Override[], at: Date): Shift | null {
  const latest = overrides.toSorted((a, b) => b.createdAt.getTime() - a.createdAt.getTime());
  const over = latest.find(({ startsAt, endsAt }) => startsAt <= at && at < endsAt);
  const turn = turnAt(schedule, at);
  const shift =
    over === undefined ? turn : { userId: over.userId, from: over.startsAt, until: over.endsAt, isOverride: true };
  if (shift === null) return null;
  // Whatever begins or ends in between and counts more cuts it.
  const counting = over === undefined ? latest : latest.slice(0, latest.indexOf(over));
  const edges = counting.flatMap(({ startsAt, endsAt }) => [startsAt, endsAt]);
  return {
    ...shift,
    from: new Date(Math.max(+shift.from, ...edges.filter((edge) => edge <= at).map(Number))),
    until: new Date(Math.min(+shift.until, ...edges.filter((edge) => edge > at).map(Number))),
  };
}

/** The shifts from a moment on, one after the other, at most so many; what nobody covers is left out. */
export function shiftsFrom(schedule: Schedule, overrides: readonly Override[], at: Date, most: number): Shift[] {
  const shifts: Shift[] = [];
  for (let next: Date = at; shifts.length < most;) {
    const shift = shiftAt(schedule, overrides, next);
    if (shift === null) break;
    shifts.push(shift);
    next = shift.until;
  }
  return shifts;
}
