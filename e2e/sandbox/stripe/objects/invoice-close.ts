import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { addToBalance } from "./balance-transactions";

type Invoice = Kinds["invoice"];

/** Makes an invoice void or uncollectible. Assumed: what was set against the customer's balance goes back when it is void. */
export function closeInvoice(account: Account, before: Invoice, status: "void" | "uncollectible"): Invoice {
  const time = status === "void" ? "voided_at" : "marked_uncollectible_at";
  const after: Invoice = {
    ...{ ...before, status, auto_advance: false, next_payment_attempt: null },
    status_transitions: { ...before.status_transitions, [time]: account.clock.now() },
  };
  account.store.put("invoice", after);
  account.emit(status === "void" ? "invoice.voided" : "invoice.marked_uncollectible", after);
  const customer = account.store.get("customer", idIn(before.customer));
  const applied = (before.ending_balance ?? 0) - before.starting_balance;
  if (status === "void" && customer !== undefined && applied !== 0) {
    const { currency, id: invoice } = before;
    addToBalance(account, { customer, cents: -applied, currency, type: "unapplied_from_invoice", invoice });
  }
  return after;
}
