import { type APIRequestContext, request as requests } from "playwright/test";
import { queryAsOwner } from "@/db/testing/owner-query";
import { COOKIE } from "../fixtures/caller";
import type { Deployment } from "../fixtures/deployment";
import type { IssuerAccount, OidcIssuer } from "../fixtures/oidc";
import { open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

type Federated = Deployment & { issuer: OidcIssuer };

function somebody(given: Partial<IssuerAccount> = {}): IssuerAccount {
  const sub = fresh("sub");
  return { sub, email: `${sub}@example.test`, email_verified: true, name: "Ada Lovelace", ...given };
}

/** A browser's part in HTTP with cookies of its own, and no page. */
const newBrowser = ({ url }: Federated) =>
  requests.newContext({ baseURL: url, extraHTTPHeaders: { origin: url }, maxRedirects: 0 });

/** Asks to sign in as the page does; returns the address that the provider is to be asked at. */
async function ask(browser: APIRequestContext, provider: string): Promise<URL> {
  const { csrfToken } = (await (await browser.get("/api/auth/csrf")).json()) as { csrfToken: string };
  const form = { csrfToken, callbackUrl: "/tenants", json: "true" };
  const answer = await browser.post(`/api/auth/signin/${provider}`, { form });
  return new URL(((await answer.json()) as { url: string }).url);
}

/** Goes to the issuer and back, up to the address with code and state, which is not opened. */
async function toCallback(browser: APIRequestContext, { url, issuer }: Federated, who: IssuerAccount): Promise<URL> {
  issuer.signInAs(who);
  let at = await ask(browser, "oidc");
  for (let hops = 0; hops < 10 && at.origin !== new URL(url).origin; hops += 1)
    at = new URL((await browser.get(at.href)).headers().location ?? "", at);
  expect(at.pathname).toBe("/api/auth/callback/oidc");
  expect(at.searchParams.get("code")).toMatch(/.+/);
  return at;
}

const hasSession = async (browser: APIRequestContext) =>
  (await browser.storageState()).cookies.some(({ name }) => name === COOKIE);

/** Opens a callback that must be refused: no session, and no code handed on to whoever is asked for tokens. */
async function expectRefused(
  { issuer, log }: Federated,
  browser: APIRequestContext,
  callback: URL,
  reason: RegExp,
): Promise<void> {
  const [brought, said] = [issuer.codesBrought, log().length];
  const answer = await browser.get(callback.href);
  expect(answer.headers().location, callback.pathname).toMatch(
    /\/api\/auth\/(error|signin)\?error=|\/sign-in\/error\?/,
  );
  expect(await hasSession(browser)).toBe(false);
  expect(issuer.codesBrought).toBe(brought);
  // For this reason, and not because the provider could not be reached.
  await expect.poll(() => log().slice(said)).toMatch(reason);
}

const people = ({ home }: Federated, email: string) =>
  queryAsOwner<{ id: string; provider: string | null }>(
    home,
    "select u.id, a.provider from users u left join accounts a on a.user_id = u.id where u.email = $1",
    [email],
  );

test("24 somebody with a verified address of their own comes in through the issuer", async ({ federated, browser }) => {
  const who = somebody();
  federated.issuer.signInAs(who);
  const context = await browser.newContext({ baseURL: federated.url });
  const page = await context.newPage();
  await open(page, "/sign-in");
  await page.getByRole("button", { name: "Continue with Single sign-on" }).click();
  await expect(page).toHaveURL(`${federated.url}/tenants`);
  expect(await people(federated, who.email)).toMatchObject([{ provider: "oidc" }]);
  await context.close();
});

test("24 a callback counts only with the state that this browser was given, and once", async ({ federated }) => {
  const bent: [title: string, bend: (callback: URL) => void, reason: RegExp][] = [
    ["none", (callback) => callback.searchParams.delete("state"), /state missing/],
    ["empty", (callback) => callback.searchParams.set("state", ""), /state/],
    ["made up", (callback) => callback.searchParams.set("state", "x".repeat(43)), /state mismatch/],
    ["of another issuer", (callback) => callback.searchParams.set("iss", "https://evil.test"), /iss mismatch/],
  ];
  for (const [title, bend, reason] of bent)
    await test.step(title, async () => {
      const browser = await newBrowser(federated);
      const callback = await toCallback(browser, federated, somebody());
      bend(callback);
      await expectRefused(federated, browser, callback, reason);
      await browser.dispose();
    });

  // An attacker's own code, sent to somebody else to be signed in with: theirs is another browser.
  const [attacker, victim] = [await newBrowser(federated), await newBrowser(federated)];
  const theirs = await toCallback(attacker, federated, somebody());
  await expectRefused(federated, victim, theirs, /State cookie was missing/);
  await ask(victim, "oidc");
  await expectRefused(federated, victim, theirs, /state mismatch/);

  const once = await newBrowser(federated);
  const callback = await toCallback(once, federated, somebody());
  const kept = await once.storageState();
  expect((await once.get(callback.href)).headers().location).toBe(`${federated.url}/tenants`);
  expect(await hasSession(once)).toBe(true);
  const replay = await requests.newContext({ baseURL: federated.url, storageState: kept, maxRedirects: 0 });
  expect((await replay.get(callback.href)).headers().location).toMatch(/error=/);
  expect(await hasSession(replay)).toBe(false);
  for (const browser of [attacker, victim, once, replay]) await browser.dispose();
});

test("24 one provider's state and code count at no other's callback", async ({ federated }) => {
  const browser = await newBrowser(federated);
  const callback = await toCallback(browser, federated, somebody());
  callback.pathname = "/api/auth/callback/github";
  await expectRefused(federated, browser, callback, /different provider/);

  const asked = await ask(browser, "github");
  expect(asked.origin).toBe("https://github.com");
  const elsewhere = new URL("/api/auth/callback/oidc", federated.url);
  elsewhere.searchParams.set("state", asked.searchParams.get("state") ?? "");
  elsewhere.searchParams.set("code", callback.searchParams.get("code") ?? "");
  await expectRefused(federated, browser, elsewhere, /different provider/);
  for (const unknown of ["google", "credentials", "nothing", "__proto__"]) {
    elsewhere.pathname = `/api/auth/callback/${unknown}`;
    const answer = await browser.get(elsewhere.href);
    expect(answer.status(), unknown).toBeLessThan(500);
    expect(await hasSession(browser), unknown).toBe(false);
  }
  // A form that the issuer's page could be made to post takes no way in either.
  expect((await browser.post("/api/auth/callback/oidc", { form: { code: "x", state: "y" } })).status()).toBe(404);
  await browser.dispose();
});

test("24 an address opens nobody's account, verified or not", async ({ federated }) => {
  const member = "tenant_admin@acme.test";
  const before = await people(federated, member);
  expect(before).toMatchObject([{ provider: null }]);
  const claims: [who: Partial<Record<keyof IssuerAccount, unknown>>, leadsTo: string][] = [
    [{ email: member, email_verified: false }, "EmailNotVerified"],
    [{ email: member, email_verified: undefined }, "EmailNotVerified"],
    [{ email: member, email_verified: "true" }, "EmailNotVerified"],
    [{ email: member, email_verified: 1 }, "EmailNotVerified"],
    // No address at all: next-auth gives up before it asks us, and leads back to where one signs in.
    [{ email: [member], email_verified: true }, "/api/auth/signin"],
    [{ email: `${member}, other@example.test`, email_verified: true }, "EmailNotVerified"],
    [{ email: undefined, email_verified: true }, "EmailNotVerified"],
    [{ email: member, email_verified: true }, "OAuthAccountNotLinked"],
    [{ email: " TENANT_ADMIN@Acme.TEST ", email_verified: true }, "OAuthAccountNotLinked"],
  ];
  for (const [claimed, leadsTo] of claims)
    await test.step(JSON.stringify(claimed), async () => {
      const browser = await newBrowser(federated);
      // The cast: an issuer says what it likes.
      const who = { ...somebody(), ...claimed } as IssuerAccount;
      const callback = await toCallback(browser, federated, who);
      expect((await browser.get(callback.href)).headers().location).toContain(leadsTo);
      expect(await hasSession(browser)).toBe(false);
      await browser.dispose();
    });
  expect(await people(federated, member)).toEqual(before);
  const unverified = somebody({ email_verified: false });
  const browser = await newBrowser(federated);
  await browser.get((await toCallback(browser, federated, unverified)).href);
  expect(await people(federated, unverified.email)).toEqual([]);
  await browser.dispose();
});
