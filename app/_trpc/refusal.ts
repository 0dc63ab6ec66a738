import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "@/server/trpc/root";

/** A refused call, as a person reads it. */
export interface CallRefusal {
  code: string;
  message: string;
  details: Readonly<Record<string, unknown>>;
  /** One message per field that was wrong, by its path. */
  fields: Record<string, string>;
}

function fieldMessages(details: Readonly<Record<string, unknown>>): Record<string, string> {
  const { fields, field } = details;
  if (!Array.isArray(fields)) return typeof field === "string" ? { [field]: "" } : {};
  const entries = fields.flatMap((item: unknown) => {
    if (typeof item !== "object" || item === null || !("path" in item) || !("message" in item)) return [];
    return [[String(item.path), String(item.message)] as const];
  });
  return Object.fromEntries(entries);
}

/** Reads a thrown call: the server's own words when it answered, else that it could not be reached. */
export function refusalOf(error: unknown): CallRefusal {
  if (error instanceof TRPCClientError) {
    const shape = (error as TRPCClientError<AppRouter>).shape;
    if (shape !== undefined && shape !== null) {
      const { code, details } = shape.data;
      const fields = fieldMessages(details);
      for (const name of Object.keys(fields)) fields[name] ||= shape.message;
      return { code, message: shape.message, details, fields };
    }
  }
  const message = "The server could not be reached. Check the connection and try again; nothing was changed.";
  return { code: "Unreachable", message, details: {}, fields: {} };
}
