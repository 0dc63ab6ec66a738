import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { periodBoundary } from "../engine/periods";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { nextDueAt, passTime } from "./passing-time";
import { endAllOf, hasEnded } from "./subscription-end";
import { recurrenceOf } from "./subscription-items";

type TestClock = Kinds["test_helpers.test_clock"];

const KEPT_SECONDS = 30 * 24 * 60 * 60;

function clockNamed({ store }: Account, id: string): TestClock {
  const clock = store.get("test_helpers.test_clock", id);
  if (clock === undefined) throw missing("test clock", id);
  return clock;
}

/** An account has one time, so it has one clock, which begins no earlier than the account's time and is not frozen. */
function create({ account, params }: Call<Stripe.TestHelpers.TestClockCreateParams>): TestClock {
  refuseUnbuilt(params, ["frozen_time", "name"]);
  if (account.store.all("test_helpers.test_clock").length > 0) {
    throw invalid("The local billing sandbox has one test clock for an account: delete the other one first.");
  }
  stepTo(account, params.frozen_time);
  const now = account.clock.now();
  const clock: TestClock = {
    ...{ id: newId("clock"), object: "test_helpers.test_clock", created: now, deletes_after: now + KEPT_SECONDS },
    ...{ frozen_time: params.frozen_time, livemode: false, name: params.name ?? null, status: "ready" },
    status_details: {},
  };
  account.store.put("test_helpers.test_clock", clock);
  account.emit("test_helpers.test_clock.created", clock);
  return clock;
}

/** Moves the account's time forward, stopping at each moment at which something happens by itself. */
function stepTo(account: Account, end: number): void {
  const { clock, cause } = account;
  if (end < clock.now()) throw invalid("The local billing sandbox's clocks move forward only.", "frozen_time");
  account.cause = null;
  for (let next = nextDueAt(account); next !== null && next <= end; next = nextDueAt(account)) {
    clock.advance(Math.max(0, next - clock.now()));
    passTime(account);
  }
  clock.advance(Math.max(0, end - clock.now()));
  account.cause = cause;
}

/** Documented: at most two intervals of the shortest subscription at a time. Assumed: two years without any. */
function advanceLimit({ store, clock }: Account): number {
  const living = store.all("subscription").filter((each) => !hasEnded(each));
  const ends = living.map(({ items }) => periodBoundary(clock.now(), recurrenceOf(items.data), 2));
  return Math.min(periodBoundary(clock.now(), { interval: "year", count: 1 }, 2), ...ends);
}

function advance(call: Call<Stripe.TestHelpers.TestClockAdvanceParams>): TestClock {
  const { account, params } = call;
  const before = clockNamed(account, idOf(call));
  const { frozen_time: end } = params;
  if (end <= account.clock.now()) throw invalid("A test clock moves forward only.", "frozen_time");
  if (end > advanceLimit(account)) {
    throw invalid("A test clock moves at most two intervals of its shortest subscription at a time.", "frozen_time");
  }
  stepTo(account, end);
  return account.change("test_helpers.test_clock", before, { frozen_time: end }, "test_helpers.test_clock.ready");
}

/** Documented: its customers go with it. */
function remove(call: Call<unknown>): Stripe.TestHelpers.DeletedTestClock {
  const { account } = call;
  const clock = clockNamed(account, idOf(call));
  for (const customer of account.store.all("customer").filter((each) => each.test_clock === clock.id)) {
    endAllOf(account, customer.id);
    account.store.remove("customer", customer.id);
    account.emit("customer.deleted", customer);
  }
  account.store.remove("test_helpers.test_clock", clock.id);
  account.emit("test_helpers.test_clock.deleted", clock);
  return { id: clock.id, object: "test_helpers.test_clock", deleted: true };
}

function list({ account, params, url }: Call<Stripe.TestHelpers.TestClockListParams>): object {
  return pageOf(account.store.all("test_helpers.test_clock"), params, url, "test clock");
}

export const TEST_CLOCKS = [
  route("POST /v1/test_helpers/test_clocks", create),
  route("GET /v1/test_helpers/test_clocks", list),
  route("GET /v1/test_helpers/test_clocks/{id}", (call) => clockNamed(call.account, idOf(call))),
  route("POST /v1/test_helpers/test_clocks/{id}/advance", advance),
  route("DELETE /v1/test_helpers/test_clocks/{id}", remove),
];
