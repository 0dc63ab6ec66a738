import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";

type Subscription = Kinds["subscription"];

/** Whether an invoice, once paid, resumes its subscription. */
export function isResumption({ store }: Account, { id }: Kinds["invoice"]): boolean {
  return store.get("notice", `resumption ${id}`) !== undefined;
}

/** Records that a paused subscription goes on. */
export function resumed(account: Account, after: Subscription): Subscription {
  const { status_details: _, ...running } = after;
  account.store.put("subscription", running);
  account.emit("customer.subscription.resumed", running);
  account.emit("customer.subscription.updated", running, { status: "paused" });
  return running;
}
