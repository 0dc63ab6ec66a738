import type { Account } from "../account/account";
import type { Kinds } from "../account/wire";
import { missing } from "../http/errors";

/** The living customer behind an id; `param` says where the id was named. */
export function customerNamed(account: Account, id: string, param = "id"): Kinds["customer"] {
  const customer = account.store.get("customer", id);
  if (customer === undefined) throw missing("customer", id, param);
  return customer;
}
