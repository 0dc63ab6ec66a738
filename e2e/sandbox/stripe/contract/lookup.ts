import type { Contract, Operation } from "./schema";

export interface FoundRoute {
  operation: Operation;
  /** The values in the address, decoded, in its order. */
  values: string[];
}

/** Finds the operation that an address means; fixed words win over placeholders, as in `/v1/invoices/create_preview`. */
export function routeFinder(contract: Contract): (method: string, pathname: string) => FoundRoute | null {
  const routes = contract.operations.map((operation) => {
    const parts = operation.path.split("/");
    return { operation, parts, placeholders: parts.filter((part) => part.startsWith("{")).length };
  });
  routes.sort((a, b) => a.placeholders - b.placeholders);
  return (method, pathname) => {
    const given = pathname.split("/");
    const found = routes.find(
      ({ operation, parts }) =>
        operation.method === method &&
        parts.length === given.length &&
        parts.every((part, index) => (part.startsWith("{") ? given[index] !== "" : part === given[index])),
    );
    if (found === undefined) return null;
    const values = given.filter((_, index) => found.parts[index]?.startsWith("{"));
    return { operation: found.operation, values: values.map(decodeURIComponent) };
  };
}
