import type { Account } from "../account/account";

/** One request after the guards: who asks, for which ids in the address, with which parameters. */
export interface Call<Params> {
  account: Account;
  /** As many as the address has placeholders. */
  ids: readonly string[];
  params: Params;
  /** The address without its query, as pages of a list name it. */
  url: string;
}

export interface Route {
  /** `POST /v1/customers/{id}`, as the contract writes it. */
  operation: string;
  handle: (call: Call<unknown>) => unknown;
}

/**
 * A handler for an operation; it is synchronous, so that a request is done as a whole or not at all. A refusal that it throws
 * undoes what it did, one that it returns is told and leaves it done.
 */
export function route<Params>(operation: string, handle: (call: Call<Params>) => object): Route {
  // The request guard has matched the parameters against the same declarations that Params comes from.
  return { operation, handle: handle as (call: Call<unknown>) => unknown };
}

/** The first id in the address. */
export function idOf({ ids }: Call<unknown>): string {
  const [id] = ids;
  if (id === undefined) throw new Error("the address of this operation holds no id");
  return id;
}
