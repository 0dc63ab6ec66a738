import { ApiError } from "./errors";

/** Something that goes wrong with the next request to an operation. */
export type Fault =
  | { operation: string; kind: "rate-limit" | "server-error" | "reset-after-commit" }
  /** The request is taken, and done only once the promise resolves. */
  | { operation: string; kind: "hold"; until: Promise<void> };

/** Faults that tests have ordered; each strikes once. */
export class Faults {
  private readonly ordered: Fault[] = [];

  order(fault: Fault): void {
    this.ordered.push(fault);
  }

  /** Whether every ordered fault has struck. */
  isEmpty(): boolean {
    return this.ordered.length === 0;
  }

  /** What is still to strike. */
  get all(): readonly Fault[] {
    return this.ordered;
  }

  /** The fault for a request to an operation, taken off the list. */
  take(operation: string): Fault | undefined {
    const place = this.ordered.findIndex((fault) => fault.operation === operation);
    return place === -1 ? undefined : this.ordered.splice(place, 1)[0];
  }
}

/** The refusal that a fault is, or null when the request goes on. */
export function refusalOf(fault: Fault | undefined): ApiError | null {
  if (fault?.kind === "rate-limit") {
    return new ApiError(429, "Request rate limit exceeded.", { type: "rate_limit_error", code: "rate_limit" });
  }
  if (fault?.kind === "server-error") {
    return new ApiError(500, "An unknown error occurred.", { type: "api_error" });
  }
  return null;
}
