import { nextDueAt, passTime } from "../objects/passing-time";
import type { Account } from "./account";
import type { Deliveries } from "./deliveries";

/** Moves an account's clock forward by seconds, stopping at each moment at which something happens by itself. */
export async function advance(
  { account, deliveries }: { account: Account; deliveries: Deliveries },
  seconds: number,
): Promise<void> {
  const { clock } = account;
  const end = clock.now() + seconds;
  for (let next = nextDueAt(account); next !== null && next <= end; next = nextDueAt(account)) {
    clock.advance(Math.max(0, next - clock.now()));
    account.atomically(() => passTime(account));
    deliveries.dispatch();
    await deliveries.settled();
    await deliveries.retryDue();
  }
  clock.advance(Math.max(0, end - clock.now()));
  await deliveries.retryDue();
}
