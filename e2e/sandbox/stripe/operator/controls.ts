import { advance } from "../account/advance";
import type { Delivery } from "../account/deliveries";
import { periodBoundary } from "../engine/periods";
import type { Tenancy } from "../http/api";
import { invalid, missing } from "../http/errors";
import type { Fault, Faults } from "../http/faults";
import { settleDebit } from "../objects/challenges";
import { ROUTES } from "../objects";

/** What an operator acts on: one account, and the faults that all share. */
export interface Desk extends Tenancy {
  faults: Faults;
}

// Each renewal on the way is made one by one.
const YEARS_MAX = 5;
const STEPS = ["hour", "day", "month"] as const;

/** Moves the clock by a step, by seconds or to a time; refuses to turn it back, or too far. */
export async function moveClock(desk: Desk, by: { step?: unknown; seconds?: unknown; to?: unknown }): Promise<void> {
  const now = desk.account.clock.now();
  const end = endOf(now, by);
  const isSound = Number.isSafeInteger(end) && end >= now && end - now <= YEARS_MAX * 366 * 86_400;
  if (!isSound) throw invalid(`The clock moves forward, by ${YEARS_MAX} years at most.`, "to");
  await advance(desk, end - now);
}

function endOf(now: number, { step, seconds, to }: { step?: unknown; seconds?: unknown; to?: unknown }): number {
  if (to !== undefined) return typeof to === "string" ? Math.floor(Date.parse(to) / 1000) : Number(to);
  if (seconds !== undefined) return now + Number(seconds);
  const named = STEPS.find((each) => each === step);
  if (named === undefined) throw invalid(`A step is one of ${STEPS.join(", ")}.`, "step");
  if (named === "month") return periodBoundary(now, { interval: "month", count: 1 }, 1);
  return now + (named === "hour" ? 3600 : 86_400);
}

const ORDERS = {
  "as they came": (held: readonly Delivery[]) => [...held],
  "turned round": (held: readonly Delivery[]) => [...held].reverse(),
  "each twice": (held: readonly Delivery[]) => held.flatMap((each) => [each, each]),
  none: (): Delivery[] => [],
} as const;
export const ORDER_NAMES = Object.keys(ORDERS);

/** Lets go of what was kept back, in an order. */
export async function release({ deliveries }: Desk, order: string): Promise<void> {
  if (!Object.hasOwn(ORDERS, order)) throw invalid(`An order is one of ${ORDER_NAMES.join(", ")}.`, "order");
  await deliveries.release(ORDERS[order as keyof typeof ORDERS]);
}

/** Sends a delivery (again), sends it twice, or gives it up. */
export async function handleDelivery({ deliveries }: Desk, place: number, action: string): Promise<void> {
  const delivery = deliveries.all[place];
  if (delivery === undefined) throw missing("delivery", String(place));
  if (action === "drop") {
    deliveries.drop(delivery);
    return;
  }
  if (action !== "send" && action !== "twice") throw invalid("An action is one of send, twice, drop.", "action");
  await deliveries.send(delivery);
  if (action === "twice") await deliveries.send(delivery);
}

export const FAULT_KINDS = ["rate-limit", "server-error", "reset-after-commit"] as const;
export const OPERATIONS = ROUTES.map(({ operation }) => operation);

/** Orders a fault for the next request to an operation. */
export function orderFault({ faults }: Desk, operation: string, kind: string): Fault {
  const known = FAULT_KINDS.find((each) => each === kind);
  if (known === undefined) throw invalid(`A fault is one of ${FAULT_KINDS.join(", ")}.`, "kind");
  if (!OPERATIONS.includes(operation)) throw invalid(`There is no ${operation} here.`, "operation");
  const fault: Fault = { operation, kind: known };
  faults.order(fault);
  return fault;
}

/** The sessions whose bank has yet to say whether their debit goes through. */
export function waitingDebits({ account }: Desk) {
  const isWaiting = (invoice: unknown) =>
    typeof invoice === "string" && account.store.get("invoice", invoice)?.status === "open";
  return account.store
    .all("checkout.session")
    .filter(
      ({ status, payment_status: paid, invoice }) => status === "complete" && paid === "unpaid" && isWaiting(invoice),
    );
}

/** Says for the bank whether a debit goes through. */
export function answerDebit(desk: Desk, session: string, isPaid: boolean): void {
  settleDebit(desk.account, session, isPaid);
  desk.deliveries.dispatch();
}

/** What an account is doing, for tests. */
export function overviewOf({ account, deliveries, faults }: Desk) {
  return {
    ...{ account: account.id, now: account.clock.now(), is_holding: deliveries.isHolding },
    deliveries: deliveries.all.map((each, place) => ({ place, ...each, is_held: deliveries.isHeld(each) })),
    faults: faults.all.map(({ operation, kind }) => ({ operation, kind })),
  };
}
