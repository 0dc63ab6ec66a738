import type { Env } from "@/server/platform/env";

/**
 * Where an address leads, if that is within the deployment, as an absolute URL; else null. Parsed as browsers do, so
 * `//host`, `/\host` and `javascript:` are seen for what they are.
 */
export function ownAddress(address: string, e: Pick<Env, "CONDUCTOR_PUBLIC_URL">): string | null {
  const own = new URL(e.CONDUCTOR_PUBLIC_URL).origin;
  if (!URL.canParse(address, own)) return null;
  const target = new URL(address, own);
  return target.origin === own ? target.href : null;
}
