import type { Account } from "../account/account";
import type { Deliveries } from "../account/deliveries";
import type { Kind } from "../account/wire";
import type { PageAnswer } from "./document";

/** One request to the page of an object. */
export interface PageCall {
  account: Account;
  deliveries: Deliveries;
  /** Of the object that the address names. */
  id: string;
  /** What is asked of it: the part of the address behind the id, empty for the page itself. */
  part: string;
  query: URLSearchParams;
  /** Empty but for a POST. */
  form: URLSearchParams;
}

/** The pages of one kind of object: `<path>/<id>` and `<path>/<id>/<part>`. */
export interface Pages {
  path: string;
  kind: Kind;
  show: (call: PageCall) => PageAnswer;
  /** Does what a form asks for, as a whole or not at all. */
  submit: (call: PageCall) => PageAnswer;
}

/** A field of a form without the blanks around it; empty when it is not there. */
export function typed(form: URLSearchParams, name: string): string {
  return (form.get(name) ?? "").trim();
}
