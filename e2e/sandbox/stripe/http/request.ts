import type { IncomingMessage } from "node:http";
import { ApiError } from "./errors";
import { decodeForm, type FormNode } from "./form";

const BODY_BYTES_MAX = 1_000_000;

/** The whole body as text; refuses one that no operation would need, once it was read: the connection may be used again. */
export async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= BODY_BYTES_MAX) parts.push(part);
  }
  if (bytes > BODY_BYTES_MAX) throw new ApiError(413, "The request body is too large.");
  return Buffer.concat(parts).toString("utf8");
}

/** The parameters of a request to version 1: a form in the body or, without one, in the address. */
export function formOf(type: string | undefined, url: URL, body: string): FormNode {
  if (body !== "" && type?.startsWith("application/x-www-form-urlencoded") !== true) {
    throw new ApiError(400, `Invalid content type: ${type ?? "none"}. Send application/x-www-form-urlencoded.`);
  }
  try {
    return decodeForm(body === "" ? url.search.slice(1) : body);
  } catch (error) {
    if (error instanceof RangeError) throw new ApiError(400, error.message);
    throw error;
  }
}

/** The parameters in the body of a request to version 2, which speaks JSON. */
export function jsonOf(body: string): unknown {
  try {
    return JSON.parse(body === "" ? "{}" : body);
  } catch {
    throw new ApiError(400, "The request body is not valid JSON.");
  }
}
