import { DrizzleQueryError } from "drizzle-orm";
import { invalid, Refusal, unavailable } from "@/server/kernel/errors";

interface PostgresError {
  code?: string;
  severity?: string;
  constraint?: string;
}

function driverError(error: unknown): PostgresError | undefined {
  const inner = error instanceof DrizzleQueryError ? error.cause : error;
  return inner instanceof Error ? (inner as PostgresError) : undefined;
}

/** The five-character SQLSTATE of a failed statement, if that is what the error is. */
export function sqlState(error: unknown): string | undefined {
  const code = driverError(error)?.code;
  return code !== undefined && /^[0-9A-Z]{5}$/.test(code) ? code : undefined;
}

/** True when a statement broke this unique constraint or index. */
export function brokeUnique(error: unknown, constraint: string): boolean {
  return sqlState(error) === "23505" && driverError(error)?.constraint === constraint;
}

/** True when a statement touched another number of rows than it was told to expect (`expect_rows`). */
export const missedRows = (error: unknown): boolean => sqlState(error) === "CD001";

/** True when a turn came after a kill (`expect_no_kill`). */
export const metKill = (error: unknown): boolean => sqlState(error) === "CD002";

/** The driver's own words for a statement that had no answer in time. */
const NO_ANSWER = "Query read timeout";

/** True when nobody knows whether an answer to the statement is still to come: its connection is of no use any more. */
export const hadNoAnswer = (error: unknown): boolean =>
  (driverError(error) as Error | undefined)?.message === NO_ANSWER;

const LOST_CONNECTION =
  /Connection terminated|is not queryable|ECONNRESET|ECONNREFUSED|EPIPE|timeout exceeded when trying to connect/i;

/**
 * Serialization failure, deadlock, a lock that was not had in time, a statement that was cancelled or took too long: what it
 * was about did not happen, and may well happen at the next try.
 */
export const CONTENDED = new Set(["40001", "40P01", "55P03", "57014"]);

/**
 * Turns the database's own troubles (gone, full, restarting), and a text that it cannot hold, into a refusal that a
 * caller may read; passes the rest on.
 */
export function whatBroke(error: unknown): unknown {
  if (error instanceof Refusal) return error;
  const state = sqlState(error);
  // character_not_in_repertoire: Postgres keeps every character in a text but this one.
  if (state === "22021") return invalid("A text holds the character U+0000, which cannot be stored.");
  // A server that gives up may do so after the commit reached the disk and before it said so.
  if (driverError(error)?.severity === "PANIC")
    return unavailable("The database stopped before it answered. Look whether the change was stored.", error);
  if (state === "53100") return unavailable("The database has no disk space left. Nothing was stored.", error);
  if (state !== undefined && CONTENDED.has(state))
    return unavailable("Others were changing the same at this moment. Nothing was stored; try again.", error);
  // idle_in_transaction_session_timeout, after which the connection is gone.
  if (state === "25P03" || state?.startsWith("08") || state?.startsWith("57P") || state?.startsWith("53"))
    return unavailable("The database cannot answer right now. Nothing was stored; try again in a moment.", error);
  if (hadNoAnswer(error))
    return unavailable("The database did not answer in time. Look whether the change was stored.", error);
  const inner = driverError(error);
  if (inner instanceof Error && LOST_CONNECTION.test(`${inner.code ?? ""} ${inner.message}`))
    return unavailable("The connection to the database broke. Try again in a moment.", error);
  return error;
}
