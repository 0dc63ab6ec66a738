import { featuresOfPlan } from "./features";
import { catalogueOf, LIMIT_NAMES, type Limits, NO_LIMITS, type Projection, trialLimits } from "./projection";
import { EXPORT_DAYS, isStatus, STATUS_ACCESS, TRIAL_NOTICE_DAYS, UNKNOWN_STATUS } from "./status";
import type { Feature } from "./words";

export interface Banner {
  tone: "wait" | "bad";
  title: string;
  text: string;
}

/** What a tenant may do at one moment. */
export interface Access {
  /** What it has; to be read only from `readOnlySince` on, but for what runs already. */
  features: ReadonlySet<Feature>;
  limits: Limits;
  mayStartRuns: boolean;
  readOnlySince: Date | null;
  /** What everybody in the tenant is to know. */
  banner: Banner | null;
  /** Until when what is kept may be exported, after an end. */
  exportUntil: Date | null;
  /** What an operator is to look at. */
  alert: string | null;
}

const DAY_MS = 86_400_000;
const daysAfter = (date: Date, days: number) => new Date(date.getTime() + days * DAY_MS);
const day = (date: Date) => date.toISOString().slice(0, 10);

/** Days until a moment that comes, as words; a part of one counts. */
function daysLeft(until: Date, now: Date): string {
  const left = Math.ceil((until.getTime() - now.getTime()) / DAY_MS);
  return left === 1 ? "1 day" : `${left} days`;
}

/** What a tenant has for which nobody ever bought or granted anything: the product itself. */
const FREE: Access = {
  ...{ features: new Set<Feature>(), limits: NO_LIMITS, mayStartRuns: true, readOnlySince: null },
  ...{ banner: null, exportUntil: null, alert: null },
};

const planOf = ({ plan, addOns, catalogueVersion }: Projection) =>
  featuresOfPlan(plan, addOns, catalogueOf(catalogueVersion));

const full = (projection: Projection): Access => ({
  ...FREE,
  ...{ features: planOf(projection), limits: projection.limits },
});

const readOnly = (projection: Projection, since: Date, text: string): Access => ({
  ...{ ...full(projection), mayStartRuns: false, readOnlySince: since },
  banner: { tone: "bad", title: "This tenant is read-only", text: `${text} Nothing is deleted, and no run starts.` },
});

function whyReadOnly({ source, status, statusSince }: Projection): string {
  if (source === "trial") return `The trial ended on ${day(statusSince)}: choose a plan on the Billing page to go on.`;
  if (source === "licence") return `The licence of this deployment expired on ${day(statusSince)}.`;
  if (status === "unpaid") return "An invoice was not paid, or its payment was taken back.";
  return status === "paused" ? "Its plan is paused." : "The state of its plan is not known.";
}

function ended(projection: Projection, at: Date, now: Date): Access {
  const exportUntil = daysAfter(at, EXPORT_DAYS);
  const isOpen = now < exportUntil;
  const text = isOpen
    ? `It ended on ${day(at)}. What is kept can be exported until ${day(exportUntil)}.`
    : `It ended on ${day(at)}. Evidence is kept for as long as it must be.`;
  return {
    ...{ ...FREE, limits: projection.limits, mayStartRuns: false, readOnlySince: at },
    ...{ banner: { tone: "bad", title: "The plan has ended", text }, exportUntil: isOpen ? exportUntil : null },
  };
}

function active(projection: Projection, now: Date): Access {
  const { endsAt } = projection;
  if (endsAt === null) return full(projection);
  // Nobody has told of the end yet: it is over all the same.
  if (now >= endsAt) return ended(projection, endsAt, now);
  const text = `It was cancelled: all of it works until ${day(endsAt)}, and it can be taken up again until then.`;
  return { ...full(projection), banner: { tone: "wait", title: `The plan ends on ${day(endsAt)}`, text } };
}

function trialing(projection: Projection, now: Date): Access {
  const { periodEnd, source } = projection;
  const access = { ...active(projection, now), limits: trialLimits(projection.limits) };
  if (access.banner !== null || periodEnd === null) return access;
  // Nobody was asked for a card yet: it says so from its first day.
  if (source !== "trial" && now < daysAfter(periodEnd, -TRIAL_NOTICE_DAYS)) return access;
  const text = "Choose how to pay before then, on the Billing page, so that nothing stops.";
  const title = `The trial ends on ${day(periodEnd)}, in ${daysLeft(periodEnd, now)}`;
  return { ...access, banner: { tone: "wait", title, text } };
}

function pastDue(projection: Projection, now: Date): Access {
  // Without a failure on record there is nothing that grace could follow.
  const graceUntil = projection.graceUntil ?? projection.statusSince;
  if (now >= graceUntil)
    return readOnly(projection, graceUntil, "A payment failed, and the time to settle it is over.");
  const title = `A payment failed: ${daysLeft(graceUntil, now)} left to settle it`;
  const text = `All of it works until ${day(graceUntil)}. Settle the invoice before then.`;
  return { ...full(projection), banner: { tone: "bad", title, text } };
}

/**
 * What a tenant may do now, by the table of `status.ts`; null stands for one for which nobody has said anything. It never
 * says to delete: what is beyond a limit is marked (`excessOf`). Licences and overrides end by `endsAt` and `graceUntil`.
 */
export function accessOf(projection: Projection | null, now: Date): Access {
  if (projection === null) return FREE;
  const { status, statusSince } = projection;
  const row = isStatus(status) ? STATUS_ACCESS[status] : UNKNOWN_STATUS;
  switch (row.features) {
    case "plan":
      return row.newRuns === "capped" ? trialing(projection, now) : active(projection, now);
    case "plan until grace ends":
      return pastDue(projection, now);
    case "previous":
      return pending(projection, now);
    case "none":
      return ended(projection, projection.endedAt ?? statusSince, now);
    case "read-only": {
      const since =
        projection.graceUntil !== null && projection.graceUntil < statusSince ? projection.graceUntil : statusSince;
      const access = readOnly(projection, since, whyReadOnly(projection));
      return isStatus(status) ? access : { ...access, alert: `unknown status ${JSON.stringify(status)}` };
    }
  }
}

function pending({ previous }: Projection, now: Date): Access {
  const access = accessOf(previous, now);
  const text = "The first payment needs your confirmation. Until then what was before counts.";
  return { ...access, banner: access.banner ?? { tone: "wait", title: "A purchase is not complete", text } };
}

export interface Excess {
  limit: keyof Limits;
  allowed: number;
  used: number;
  /** How many there are too many. */
  excess: number;
}

/** What a tenant has beyond its limits, as after a downgrade: it stays, and nothing is added until it is within again. */
export const excessOf = (limits: Limits, used: Partial<Record<keyof Limits, number>>): Excess[] =>
  LIMIT_NAMES.flatMap((limit) => {
    const allowed = limits[limit];
    const count = used[limit] ?? 0;
    return allowed === null || count <= allowed ? [] : [{ limit, allowed, used: count, excess: count - allowed }];
  });
