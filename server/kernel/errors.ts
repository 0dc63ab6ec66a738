/** Every refusal the product gives, and the HTTP status that carries it. */
export const ERROR_STATUS = {
  Invalid: 400,
  Unauthenticated: 401,
  NotEntitled: 402,
  Forbidden: 403,
  NotFound: 404,
  Conflict: 409,
  PreconditionFailed: 412,
  LimitReached: 429,
  Unavailable: 503,
} as const;

export type ErrorCode = keyof typeof ERROR_STATUS;

/**
 * A refusal that a caller may read. `message` and `details` are safe to show: no SQL, no path,
 * no other tenant's data. The cause stays in the log.
 */
export class Refusal extends Error {
  readonly code: ErrorCode;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(
    code: ErrorCode,
    message: string,
    details: Readonly<Record<string, unknown>> = {},
    options?: { cause?: unknown },
  ) {
    super(message, options);
    this.name = code;
    this.code = code;
    this.details = details;
  }

  get status(): number {
    return ERROR_STATUS[this.code];
  }
}

type Details = Readonly<Record<string, unknown>>;

export const invalid = (message: string, details?: Details) => new Refusal("Invalid", message, details);
export const unauthenticated = (message = "Sign in first.") => new Refusal("Unauthenticated", message);
/** Names in its details what is missing, and what would open it at which price. */
export const notEntitled = (message: string, details: Details) => new Refusal("NotEntitled", message, details);
export const forbidden = (message: string, details?: Details) => new Refusal("Forbidden", message, details);
export const conflict = (message: string, details?: Details) => new Refusal("Conflict", message, details);
export const preconditionFailed = (message: string, details?: Details) =>
  new Refusal("PreconditionFailed", message, details);
export const limitReached = (message: string, details?: Details) => new Refusal("LimitReached", message, details);
export const unavailable = (message: string, cause?: unknown) => new Refusal("Unavailable", message, {}, { cause });

/** Another tenant's row and a row that never was get this same answer, to the byte. */
export const notFound = (what: string) => new Refusal("NotFound", `No such ${what}.`);

/** A state our own code promised could not occur. Never shown to a caller. */
export class InvariantError extends Error {
  constructor(message: string) {
    super(message);
    this.name = "InvariantError";
  }
}

/** Narrows a value our own code guarantees to exist; says which promise broke when it does not. */
export function must<T>(value: T | null | undefined, promise: string): T {
  if (value === null || value === undefined) throw new InvariantError(promise);
  return value;
}
