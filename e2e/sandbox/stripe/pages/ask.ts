import type { Account } from "../account/account";
import { ApiError } from "../http/errors";
import { ROUTES } from "../objects";

/** Does what a request to the API would do, as a whole or not at all: what a page offers is no other thing. */
export function ask<Answer>(account: Account, operation: string, ids: readonly string[], params: object = {}): Answer {
  const route = ROUTES.find((each) => each.operation === operation);
  if (route === undefined) throw new Error(`there is no ${operation}`);
  return account.atomically(() => {
    const answer = route.handle({ account, ids, params, url: operation });
    if (answer instanceof ApiError) throw answer;
    // The operation says what it answers, as its declaration does.
    return answer as Answer;
  });
}
