import { log } from "./log";

/**
 * Does the work for each, one after the other, whatever became of the others: one that fails is told in the log. Throws an
 * AggregateError at the end where any failed, so that whoever asked is tried again.
 */
export async function eachOnItsOwn<T>(
  all: Iterable<T>,
  work: (one: T) => Promise<void>,
  { what, nameOf }: { what: string; nameOf: (one: T) => string },
): Promise<void> {
  const failures: unknown[] = [];
  for (const one of all)
    try {
      await work(one);
    } catch (error) {
      log().error({ err: error, of: nameOf(one) }, `${what} failed`);
      failures.push(error);
    }
  if (failures.length > 0) throw new AggregateError(failures, `${what} failed for ${failures.length}`);
}
