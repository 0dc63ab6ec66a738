import { z } from "zod";

/** A path of ours and nothing else: `//host` and `/\host` would lead away. */
const ownPathSchema = z
  .string()
  .max(2_000)
  .regex(/^\/(?![/\\])[^\u0000-\u001f\\]*$/)
  .catch("/");

const signInParamsSchema = z.object({ callbackUrl: ownPathSchema.default("/") });

/** Where to go after signing in: the page that asked, or the start for anything that is not a path of ours. */
export function destinationOf(params: Readonly<Record<string, string | string[] | undefined>>): string {
  return signInParamsSchema.parse({ callbackUrl: params.callbackUrl }).callbackUrl;
}
