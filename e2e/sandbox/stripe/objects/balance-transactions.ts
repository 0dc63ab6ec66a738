import type Stripe from "stripe";
import type { Account } from "../account/account";
import { newId } from "../account/ids";
import type { Kinds } from "../account/wire";
import { refuseUnbuilt } from "../http/built";
import { invalid, missing } from "../http/errors";
import { mergedMetadata } from "../http/metadata";
import { pageOf } from "../http/pages";
import { type Call, idOf, route } from "../http/route";
import { customerNamed } from "./living-customer";

type Transaction = Kinds["customer_balance_transaction"];

interface Entry {
  customer: Kinds["customer"];
  /** What is added to the balance: negative for a credit. */
  cents: number;
  currency: string;
  type: "adjustment" | "applied_to_invoice" | "credit_note" | "unapplied_from_invoice";
  invoice?: string;
  creditNote?: string;
  description?: string | null;
  metadata?: Record<string, string>;
}

/** Changes a customer's balance, and keeps what for. */
export function addToBalance(account: Account, entry: Entry): Transaction {
  const { customer, cents, currency, type } = entry;
  const balance = customer.balance + cents;
  const transaction: Transaction = {
    ...{ id: newId("cbtxn"), object: "customer_balance_transaction", amount: cents, checkout_session: null },
    ...{ created: account.clock.now(), credit_note: entry.creditNote ?? null, currency, customer: customer.id },
    ...{ customer_account: null, description: entry.description ?? null, ending_balance: balance },
    ...{ invoice: entry.invoice ?? null, livemode: false, metadata: entry.metadata ?? {}, type },
  };
  account.store.put("customer_balance_transaction", transaction);
  account.change("customer", customer, { balance }, "customer.updated");
  return transaction;
}

function create(call: Call<Stripe.CustomerCreateBalanceTransactionParams>): Transaction {
  const { account, params } = call;
  refuseUnbuilt(params, ["amount", "currency", "description", "metadata"]);
  const { amount: cents, currency, description = null } = params;
  if (!Number.isInteger(cents)) throw invalid(`Invalid integer: ${cents}`, "amount", "parameter_invalid_integer");
  const customer = customerNamed(account, idOf(call));
  const metadata = mergedMetadata(params.metadata);
  return addToBalance(account, { customer, cents, currency, description, metadata, type: "adjustment" });
}

function ofCustomer({ store }: Account, customer: string): Transaction[] {
  return store.all("customer_balance_transaction").filter((each) => each.customer === customer);
}

function retrieve({ account, ids: [customer = "", id = ""] }: Call<unknown>): Transaction {
  const found = ofCustomer(account, customerNamed(account, customer).id).find((each) => each.id === id);
  if (found === undefined) throw missing("customer balance transaction", id);
  return found;
}

function list(call: Call<Stripe.CustomerListBalanceTransactionsParams>): object {
  const { account, params, url } = call;
  refuseUnbuilt(params, ["limit", "starting_after", "ending_before"]);
  return pageOf(ofCustomer(account, customerNamed(account, idOf(call)).id), params, url, "balance transaction");
}

const PATH = "/v1/customers/{id}/balance_transactions";

export const BALANCE_TRANSACTIONS = [
  route(`POST ${PATH}`, create),
  route(`GET ${PATH}`, list),
  route("GET /v1/customers/{customerId}/balance_transactions/{id}", retrieve),
];
