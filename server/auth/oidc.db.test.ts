import { eq } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { accounts, users } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { type IssuerAccount, type OidcIssuer, startOidcIssuer } from "@/e2e/fixtures/oidc";
import type { Browser } from "@/server/testing/browser";
import { askSignIn, authBrowser, authDeps } from "@/server/testing/sign-in";
import { findSession, sessionCookieName } from "./session";

const db = useTestDatabase();
const ORIGIN = "http://localhost:3000";
const CALLBACK = `${ORIGIN}/api/auth/callback/oidc`;
const COOKIE = sessionCookieName(false);
let issuer: OidcIssuer;
beforeAll(async () => {
  issuer = await startOidcIssuer(CALLBACK);
});
afterAll(() => issuer.stop());

const deployment = () =>
  authDeps(db.database, {
    AUTH_OIDC_ISSUER: issuer.url,
    AUTH_OIDC_CLIENT_ID: issuer.clientId,
    AUTH_OIDC_CLIENT_SECRET: issuer.clientSecret,
    AUTH_GITHUB_ID: "github-client",
    AUTH_GITHUB_SECRET: "github-secret",
  });

function account(given: Partial<IssuerAccount> = {}): IssuerAccount {
  const sub = unique("sub");
  return { sub, email: `${sub}@example.test`, email_verified: true, name: "Ada Lovelace", ...given };
}

/** Goes to the issuer and back, up to the address with the code, which it returns without opening it. */
async function toCallback(browser: Browser, who: IssuerAccount): Promise<string> {
  issuer.signInAs(who);
  const asked = await askSignIn(browser, "signin/oidc", { callbackUrl: "/tenants" });
  let { url } = (await asked.json()) as { url: string };
  for (let hops = 0; hops < 10 && !url.startsWith(CALLBACK); hops += 1) {
    const answer = await browser.send(url);
    url = new URL(answer.headers.get("location") ?? "", url).href;
  }
  return url;
}

async function signIn(browser: Browser, who: IssuerAccount): Promise<string> {
  const answer = await browser.get(await toCallback(browser, who));
  return answer.headers.get("location") ?? "";
}

const people = (email: string) =>
  withoutTenant({ database: db.database }, (tx) =>
    tx
      .select({ user: users, account: accounts })
      .from(users)
      .leftJoin(accounts, eq(accounts.userId, users.id))
      .where(eq(users.email, email)),
  );

describe("sign-in through an OpenID Connect issuer", () => {
  it("makes a person of ours with a verified address, and keeps none of the issuer's tokens", async () => {
    const deps = deployment();
    const browser = authBrowser(deps);
    const who = account({ email: `${unique("Ada")}@Example.TEST` });
    expect(await signIn(browser, who)).toBe(`${ORIGIN}/tenants`);

    const found = await findSession(deps.call, browser.cookies.get(COOKIE), null);
    expect(found?.user).toMatchObject({ email: who.email.toLowerCase(), name: "Ada Lovelace" });
    const [row] = await people(who.email.toLowerCase());
    expect(row?.user).toMatchObject({ id: expect.stringMatching(/^usr_/) as string, image: null });
    expect(row?.user.emailVerified).toBeInstanceOf(Date);
    expect(row?.account).toEqual({
      ...{ userId: row?.user.id, type: "oauth", provider: "oidc", providerAccountId: who.sub },
      ...{ refresh_token: null, access_token: null, expires_at: null, token_type: null },
      ...{ scope: null, id_token: null, session_state: null },
    });
  });

  it("knows the person again by the issuer's subject, whatever the address has become", async () => {
    const deps = deployment();
    const who = account();
    await signIn(authBrowser(deps), who);
    const browser = authBrowser(deps);
    await signIn(browser, { ...who, email: `${unique("renamed")}@example.test` });
    const found = await findSession(deps.call, browser.cookies.get(COOKIE), null);
    expect(found?.user.email).toBe(who.email);
  });

  it("gives a new token at each sign-in and ends the session that the browser had", async () => {
    const deps = deployment();
    const browser = authBrowser(deps);
    const who = account();
    await signIn(browser, who);
    const first = browser.cookies.get(COOKIE);
    await signIn(browser, who);
    expect(browser.cookies.get(COOKIE)).not.toBe(first);
    expect(await findSession(deps.call, first, null)).toBeNull();
  });

  it("never opens a person who signed up in another way, even by a verified address", async () => {
    const person = await makeUser(db.database);
    const browser = authBrowser(deployment());
    const location = await signIn(browser, account({ email: person.email }));
    expect(location).toBe(`${ORIGIN}/api/auth/error?error=OAuthAccountNotLinked`);
    const told = await browser.get(location);
    expect(told.headers.get("location")).toBe("/sign-in/error?error=OAuthAccountNotLinked");
    expect(browser.cookies.has(COOKIE)).toBe(false);
    expect((await people(person.email)).map((row) => row.account)).toEqual([null]);
  });

  it("takes no address that the issuer has not verified", async () => {
    const browser = authBrowser(deployment());
    const who = account({ email_verified: false });
    expect(await signIn(browser, who)).toBe("/sign-in/error?error=EmailNotVerified");
    expect(browser.cookies.has(COOKIE)).toBe(false);
    expect(await people(who.email)).toEqual([]);
  });

  it("links no newcomer to whoever was signed in before", async () => {
    const deps = deployment();
    const before = authBrowser(deps);
    const first = account();
    await signIn(before, first);
    // The same desk, but the issuer was told to forget the first person.
    const browser = authBrowser(deps);
    for (const [name, value] of before.cookies) browser.setCookie(name, value);
    const second = account();
    await signIn(browser, second);
    const found = await findSession(deps.call, browser.cookies.get(COOKIE), null);
    expect(found?.user.email).toBe(second.email);
    expect(await people(first.email)).toMatchObject([{ account: { providerAccountId: first.sub } }]);
  });

  it("refuses a callback without the state, with another state, or in another browser", async () => {
    const missing = authBrowser(deployment());
    const without = new URL(await toCallback(missing, account()));
    without.searchParams.delete("state");
    const forged = authBrowser(deployment());
    const other = new URL(await toCallback(forged, account()));
    other.searchParams.set("state", "forged");
    const elsewhere = await toCallback(authBrowser(deployment()), account());
    const tries: [Browser, string][] = [
      [missing, without.href],
      [forged, other.href],
      [authBrowser(deployment()), elsewhere],
    ];
    for (const [browser, url] of tries) {
      expect((await browser.get(url)).headers.get("location")).toBe(`${ORIGIN}/api/auth/error?error=OAuthCallback`);
      expect(browser.cookies.has(COOKIE)).toBe(false);
    }
  });

  it("takes one provider's state for no other", async () => {
    const browser = authBrowser(deployment());
    const callback = new URL(await toCallback(browser, account()));
    callback.pathname = "/api/auth/callback/github";
    const answer = await browser.get(callback.href);
    expect(answer.headers.get("location")).toBe(`${ORIGIN}/api/auth/error?error=OAuthCallback`);
    expect(browser.cookies.has(COOKIE)).toBe(false);
  });

  it("opens a callback once", async () => {
    const browser = authBrowser(deployment());
    const callback = await toCallback(browser, account());
    const kept = [...browser.cookies];
    await browser.get(callback);
    const replay = authBrowser(deployment());
    for (const [name, value] of kept) replay.setCookie(name, value);
    expect((await replay.get(callback)).headers.get("location")).toContain("error=OAuthCallback");
    expect(replay.cookies.has(COOKIE)).toBe(false);
  });

  it("says so when the issuer cannot be reached", async () => {
    const gone = await startOidcIssuer(CALLBACK);
    await gone.stop();
    const deps = authDeps(db.database, {
      AUTH_OIDC_ISSUER: gone.url,
      AUTH_OIDC_CLIENT_ID: "x",
      AUTH_OIDC_CLIENT_SECRET: "y",
    });
    const answer = await askSignIn(authBrowser(deps), "signin/oidc", {});
    expect(await answer.json()).toEqual({ url: `${ORIGIN}/api/auth/error?error=OAuthSignin` });
  });

  it("offers only what is configured", async () => {
    const offered = async (settings: Record<string, string>) => {
      const answer = await authBrowser(authDeps(db.database, settings)).get("/api/auth/providers");
      return Object.keys((await answer.json()) as object);
    };
    expect(await offered({})).toEqual(["email"]);
    expect(await offered({ AUTH_GOOGLE_ID: "a", AUTH_GOOGLE_SECRET: "b" })).toEqual(["email", "google"]);
  });
});
