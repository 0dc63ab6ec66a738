import { advance } from "@/e2e/sandbox/stripe/account/advance";
import { completeSession } from "@/e2e/sandbox/stripe/objects/checkout-completion";
import { beginCheckout } from "@/server/billing";
import { Refusal } from "@/server/kernel/errors";
import { oneOf } from "../chance";
import { CARD, type World } from "./world";

/** What people do, at the seller or here. Nothing of it is told to us but by messages. */
const PLANS = ["standard", "pro", "enterprise"] as const;
type Plan = (typeof PLANS)[number];

const priceOf = ({ stage }: World, plan: Plan, what: string) => stage.prices.get(`conductor_${plan}_${what}_v1`) ?? "";

/** Subscriptions of the customer that have not ended. */
export async function living(world: World) {
  if (world.customerId === null || world.isDeleted) return [];
  return (await world.hands.subscriptions.list({ customer: world.customerId, limit: 10 })).data.filter(
    ({ status }) => status !== "incomplete_expired",
  );
}

const planOf = ({ items }: { items: { data: { price: { lookup_key: string | null } }[] } }): Plan =>
  PLANS.find((plan) => items.data.some(({ price }) => price.lookup_key === `conductor_${plan}_base_v1`)) ?? "standard";

/** A refusal by the seller of what somebody did there is theirs to see: a declined card, a change that is held. */
const mayBeRefused = async (act: Promise<unknown>): Promise<void> => {
  await act.catch((error: unknown) => {
    if (!(error instanceof Error) || !("statusCode" in error) || Number(error.statusCode) >= 500) throw error;
  });
};

/** Somebody begins to buy, once or with impatience, and pays or leaves. */
export async function buy(world: World): Promise<void> {
  const choice = {
    ...{ plan: oneOf(world.chance, PLANS), moreSeats: Math.floor(world.chance() * 4) },
    addOns: world.chance() < 0.3 ? ["incident" as const] : [],
  };
  const times = world.chance() < 0.3 ? 2 : 1;
  for (let time = 0; time < times; time += 1) {
    const dies = world.chance() < 0.15 ? Math.floor(world.chance() * 6) : -1;
    let calls = 0;
    const how = oneOf(world.chance, ["dies before", "dies after", "unanswered"] as const);
    const begun = await world.attempt(
      () =>
        beginCheckout(world.person, time === 1 && world.chance() < 0.5 ? { ...choice, moreSeats: 9 } : choice).catch(
          (error: unknown) => {
            if (error instanceof Refusal && (error.code === "PreconditionFailed" || error.code === "Conflict"))
              return null;
            throw error;
          },
        ),
      () => ((calls += 1) === dies ? { kind: how } : null),
    );
    world.count("purchase begun");
    await world.findCustomer();
    if (begun === null || begun === "died" || begun === "failed") continue;
  }
  const { store, account } = world.account;
  // Nobody pays as a customer that was deleted.
  const isPayable = ({ status, customer }: { status: string | null; customer: unknown }) =>
    status === "open" && customer === world.customerId && !world.isDeleted;
  const open = store.all("checkout.session").filter(isPayable);
  if (open.length === 0 || world.chance() < 0.1) return;
  // Whoever has two tabs open pays in both, where both can be paid.
  for (const session of world.chance() < 0.3 ? open : open.slice(0, 1)) {
    // What was made within one second cannot be told apart by its age.
    await advance(world.account, 2);
    if (store.get("checkout.session", session.id)?.status !== "open") continue;
    completeSession(account, session.id, CARD);
    world.account.deliveries.dispatch();
    world.count("purchase paid");
  }
}

/** A change of a living subscription, as portal and operators make it. */
export async function change(world: World): Promise<void> {
  const [subscription] = await living(world);
  if (subscription === undefined) return;
  const plan = planOf(subscription);
  const { data } = subscription.items;
  const item = (what: string) => data.find(({ price }) => price.lookup_key === `conductor_${plan}_${what}_v1`);
  const seat = item("seat");
  const incident = item("incident");
  const update = (items: { id?: string; price?: string; quantity?: number; deleted?: boolean }[]) =>
    mayBeRefused(world.hands.subscriptions.update(subscription.id, { items, proration_behavior: "create_prorations" }));
  const what = oneOf(world.chance, ["seats", "add-on", "plan", "cancel later", "cancel now", "undo"] as const);
  world.count(what);
  if (what === "seats") {
    const quantity = 1 + Math.floor(world.chance() * 9);
    return update([seat === undefined ? { price: priceOf(world, plan, "seat"), quantity } : { id: seat.id, quantity }]);
  }
  if (what === "add-on")
    return update([
      incident === undefined
        ? { price: priceOf(world, plan, "incident"), quantity: 1 }
        : { id: incident.id, deleted: true },
    ]);
  if (what === "plan") {
    const next = oneOf(world.chance, PLANS);
    return update(
      ["base", "seat", "usage", "incident"].flatMap((each) => {
        const had = item(each);
        return had === undefined ? [] : [{ id: had.id, price: priceOf(world, next, each) }];
      }),
    );
  }
  if (what === "cancel now") {
    if (world.chance() < 0.6) return;
    return mayBeRefused(world.hands.subscriptions.cancel(subscription.id, { invoice_now: true, prorate: true }));
  }
  return mayBeRefused(
    world.hands.subscriptions.update(subscription.id, { cancel_at_period_end: what === "cancel later" }),
  );
}

/** The card fails from now on, or pays again. */
export async function card(world: World): Promise<void> {
  if (world.customerId === null || world.isDeleted) return;
  const name = world.chance() < 0.6 ? "pm_card_chargeCustomerFail" : "pm_card_visa";
  world.count(name === "pm_card_visa" ? "good card" : "bad card");
  const { id } = await world.hands.paymentMethods.attach(name, { customer: world.customerId });
  await world.hands.customers.update(world.customerId, { invoice_settings: { default_payment_method: id } });
  for (const each of await living(world))
    await mayBeRefused(world.hands.subscriptions.update(each.id, { default_payment_method: id }));
}

/** A second subscription that somebody makes by hand, and what follows when the customer is deleted. */
export async function byHand(world: World): Promise<void> {
  if (world.customerId === null || world.isDeleted) return;
  if (world.chance() < 0.25) {
    await world.hands.customers.del(world.customerId);
    world.isDeleted = true;
    world.count("customer deleted");
    return;
  }
  await advance(world.account, 2);
  const plan = oneOf(world.chance, PLANS);
  const items = [{ price: priceOf(world, plan, "base"), quantity: 1 }, { price: priceOf(world, plan, "usage") }];
  await mayBeRefused(
    world.hands.subscriptions.create({ customer: world.customerId, items, payment_behavior: "error_if_incomplete" }),
  );
  world.count("second by hand");
}

/** What runs used, up to two hours ago: some of it is written late. */
export async function use(world: World): Promise<void> {
  const tasks = 1 + Math.floor(world.chance() * 3);
  for (let task = 0; task < tasks; task += 1) {
    const at = new Date((world.seconds - Math.floor(world.chance() * 7_200)) * 1_000);
    await world.writeLedger(at, 250 + Math.floor(world.chance() * 20) * 250);
  }
  world.count("use");
}
