import type { StartedSession } from "./start-session";
import { sessionCookieName } from "./session";

/** What every cookie of ours is: out of reach of scripts and foreign pages and, over https, of plain http. */
export const cookieOptions = (isHttps: boolean) =>
  ({ httpOnly: true, sameSite: "lax", path: "/", secure: isHttps }) as const;

/** The `Set-Cookie` value that hands a new session to a browser. */
export function sessionCookie({ token, expires }: StartedSession, isHttps: boolean): string {
  const secure = isHttps ? "; Secure" : "";
  const attributes = `Path=/; Expires=${expires.toUTCString()}; HttpOnly; SameSite=Lax${secure}`;
  return `${sessionCookieName(isHttps)}=${token}; ${attributes}`;
}
