/** The types of the API's errors. */
type ErrorType = "api_error" | "card_error" | "idempotency_error" | "invalid_request_error" | "rate_limit_error";

interface ErrorDetails {
  type?: ErrorType;
  code?: string;
  param?: string;
  declineCode?: string;
  /** Other members of the body, such as the payment intent of a decline. */
  more?: Readonly<Record<string, unknown>>;
}

/** An answer of the API other than success, with the body that it is told in. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly details: ErrorDetails = {},
  ) {
    super(message);
  }

  get body(): Record<string, unknown> {
    const { type = "invalid_request_error", code, param, declineCode, more } = this.details;
    return { error: { message: this.message, type, code, param, decline_code: declineCode, ...more } };
  }
}

/** A request that says something that is not so; `param` is written as a form writes it. */
export function invalid(message: string, param?: string, code?: string): ApiError {
  return new ApiError(400, message, {
    ...(code === undefined ? {} : { code }),
    ...(param === undefined ? {} : { param }),
  });
}

/** An object that is not there: 404 when the address names it, 400 when a parameter does. */
export function missing(kind: string, id: string, param = "id"): ApiError {
  const details = { code: "resource_missing", param };
  return new ApiError(param === "id" ? 404 : 400, `No such ${kind}: '${id}'`, details);
}
