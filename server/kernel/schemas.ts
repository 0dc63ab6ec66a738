import { z } from "zod";
import { ID_PREFIXES, type IdKind } from "./ids";

/** An id of one kind. The kind stands in the schema's metadata, so that tests can hand in foreign ids by themselves. */
export const idSchema = (kind: IdKind) =>
  z
    .string()
    .regex(new RegExp(`^${ID_PREFIXES[kind]}_[0-9a-f]{32}$`), `must be an id that begins with ${ID_PREFIXES[kind]}_`)
    .meta({ idKind: kind });

/** Part of a URL: lower-case letters, digits and single hyphens, 3 to 48 characters. */
export const slugSchema = z
  .string()
  .min(3, "must have at least 3 characters")
  .max(48, "must have at most 48 characters")
  .regex(
    /^[a-z](-?[a-z0-9])*$/,
    "must start with a letter and hold only lower-case letters, digits and single hyphens",
  );

/** One line that people read: trimmed, not empty, without control or text-direction characters, in Unicode NFC. */
export const nameSchema = z
  .string()
  .trim()
  .min(1, "must not be empty")
  .max(120, "must have at most 120 characters")
  .refine((text) => text.isWellFormed() && !/[\p{Cc}\u202a-\u202e\u2066-\u2069]/u.test(text), {
    error: "must be plain text without control characters",
  })
  .transform((text) => text.normalize("NFC"));

/** An e-mail address as it is compared: lower case, ASCII, one address, no quoted local part. */
export const emailSchema = z
  .string()
  .trim()
  .max(254, "must have at most 254 characters")
  .toLowerCase()
  .pipe(z.email("must be an e-mail address").regex(/^[\x21-\x7e]+$/, "must be an e-mail address"));

/** A page of a list: at most 100 rows, after a cursor that the page before gave. */
export const pageSchema = z.strictObject({
  limit: z.int().min(1).max(100).default(50),
  cursor: z.string().max(200).optional(),
});

export interface Page<Row> {
  rows: Row[];
  /** Hand it in for the next page; null on the last one. */
  nextCursor: string | null;
}

/** What somebody searches for: part of a name, or an id. */
export const searchedSchema = z.string().trim().min(1).max(120);

/** A moment, from 1970 on: Postgres reads no year 0. */
export const momentSchema = z.iso
  .datetime()
  .transform((text) => new Date(text))
  .refine((at) => at.getUTCFullYear() >= 1970, "must not be before 1970");
