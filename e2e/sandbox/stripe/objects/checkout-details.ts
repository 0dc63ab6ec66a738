import type { Account } from "../account/account";
import { idIn } from "../account/reference";
import type { Kinds } from "../account/wire";
import { invalid } from "../http/errors";
import { customerNamed } from "./living-customer";
import { addTaxId, taxIdsShown } from "./tax-ids";

type Session = Kinds["checkout.session"];
type CustomerDetails = NonNullable<Session["customer_details"]>;

/** What a customer writes about themselves on the page of a session. */
export interface Details {
  email: string;
  name: string | null;
  address: CustomerDetails["address"];
  taxId: { type: string; value: string } | null;
}

/**
 * Keeps what the customer wrote: on the session, and on the customer as far as the session says so. Documented: `customer_update`
 * is `never` for what it does not name. Assumed: an e-mail address is only ever added, never replaced.
 */
export function takeDetails(account: Account, session: Session, { email, name, address, taxId }: Details): Session {
  const { store } = account;
  const customer = customerNamed(account, idIn(session.customer));
  const update = store.get("session_terms", session.id)?.update ?? {};
  const changes: Partial<Kinds["customer"]> = {
    ...(customer.email === null ? { email } : {}),
    ...(update.name === "auto" && name !== null ? { name } : {}),
    ...(update.address === "auto" && address !== null ? { address } : {}),
  };
  account.change("customer", customer, changes, "customer.updated");
  addOnce(account, session, customer.id, taxId);
  const details: CustomerDetails = {
    ...{ address, business_name: null, email: customer.email ?? email, individual_name: null, name },
    ...{ phone: customer.phone ?? null, tax_exempt: customer.tax_exempt ?? "none" },
    tax_ids: taxIdsShown(account, customer.id),
  };
  const after = { ...session, customer_details: details };
  store.put("checkout.session", after);
  return after;
}

function addOnce(account: Account, session: Session, customer: string, taxId: Details["taxId"]): void {
  const { enabled, required } = session.tax_id_collection ?? { enabled: false, required: "never" };
  const known = taxIdsShown(account, customer);
  if (taxId === null) {
    const isMissing = enabled && required === "if_supported" && known.length === 0;
    if (isMissing) throw invalid("A tax id is needed.", "value", "parameter_missing");
    return;
  }
  if (!enabled) throw invalid("This session takes no tax ids.", "value");
  if (known.some(({ type, value }) => type === taxId.type && value === taxId.value)) return;
  addTaxId(account, customer, taxId.type, taxId.value);
}
