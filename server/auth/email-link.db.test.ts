import { eq } from "drizzle-orm";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { sessions, users, verificationTokens } from "@/db/schema";
import { withoutTenant } from "@/db/tenancy";
import { makeUser, unique } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { linkIn, type SmtpSandbox, startSmtpSandbox } from "@/e2e/sandbox/smtp";
import { askSignIn, authBrowser, authDeps } from "@/server/testing/sign-in";
import { findSession, hashSessionToken, sessionCookieName } from "./session";

const db = useTestDatabase();
const COOKIE = sessionCookieName(false);
let smtp: SmtpSandbox;
beforeAll(async () => {
  smtp = await startSmtpSandbox();
});
afterAll(() => smtp.stop());

const address = () => `${unique("person")}@example.test`;
const deployment = (settings: Record<string, string> = {}) =>
  authDeps(db.database, { SMTP_URL: smtp.url, ...settings });
const sessionRows = (email: string) =>
  withoutTenant({ database: db.database }, (tx) =>
    tx
      .select({ token: sessions.sessionToken, userId: sessions.userId, userAgent: sessions.userAgent })
      .from(sessions)
      .innerJoin(users, eq(users.id, sessions.userId))
      .where(eq(users.email, email)),
  );

/** The product has no way to end a link early, so this asks as owner. */
async function expireLinks(email: string): Promise<void> {
  const client = new pg.Client({ connectionString: db.ownerUrl });
  await client.connect();
  try {
    await client.query("update verification_tokens set expires_at = now() where identifier = $1", [email]);
  } finally {
    await client.end();
  }
}

/** Someone who asked for a link and has the mail before them. */
async function asked(settings: Record<string, string> = {}, callbackUrl = "/tenants") {
  const deps = deployment(settings);
  const browser = authBrowser(deps);
  const email = address();
  const answer = await askSignIn(browser, "signin/email", { email, callbackUrl });
  const mail = await smtp.nextTo(email);
  return { deps, browser, email, answer, mail, link: linkIn(mail) };
}

describe("sign-in by an e-mailed link", () => {
  it("starts a session whose token only the browser has", async () => {
    const { deps, browser, email, answer, mail, link } = await asked();
    expect(await answer.json()).toEqual({ url: expect.stringContaining("/api/auth/verify-request") as string });
    expect(mail.content).toMatchObject({ subject: "Your sign-in link", from: { address: "conductor@localhost" } });
    expect(mail.recipients).toEqual([email]);

    const signedIn = await browser.get(link, { "user-agent": "Firefox" });
    expect(signedIn.headers.get("location")).toBe("http://localhost:3000/tenants");
    const token = browser.cookies.get(COOKIE) ?? "";
    expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await sessionRows(email)).toEqual([
      { token: hashSessionToken(token), userId: expect.stringMatching(/^usr_/) as string, userAgent: "Firefox" },
    ]);
    expect(await findSession(deps.call, token, null)).toMatchObject({ user: { email } });
    expect(await (await browser.get("/api/auth/session")).json()).toMatchObject({ user: { email } });
  });

  it("opens a link once", async () => {
    const { deps, link } = await asked();
    await authBrowser(deps).get(link);
    const second = authBrowser(deps);
    const again = await second.get(link);
    expect(again.headers.get("location")).toBe("http://localhost:3000/api/auth/error?error=Verification");
    const told = await second.get(again.headers.get("location") ?? "");
    expect(told.headers.get("location")).toBe("/sign-in/error?error=Verification");
    expect(second.cookies.has(COOKIE)).toBe(false);
  });

  it("refuses an expired link, and one made for somebody else", async () => {
    const late = await asked();
    await expireLinks(late.email);
    expect((await late.browser.get(late.link)).headers.get("location")).toContain("error=Verification");

    const mine = await asked();
    const stolen = new URL(mine.link);
    stolen.searchParams.set("email", address());
    expect((await mine.browser.get(stolen.href)).headers.get("location")).toContain("error=Verification");
    expect(mine.browser.cookies.has(COOKIE)).toBe(false);
  });

  it("stores the link's token as a hash", async () => {
    const { email, link } = await asked();
    const token = new URL(link).searchParams.get("token") ?? "";
    const rows = await withoutTenant({ database: db.database }, (tx) =>
      tx.select().from(verificationTokens).where(eq(verificationTokens.identifier, email)),
    );
    expect(rows).toHaveLength(1);
    expect(rows[0]?.token).not.toContain(token);
  });

  it("keeps no cookie that was there before", async () => {
    const { deps, browser, email, link } = await asked();
    const preset = "A".repeat(43);
    browser.setCookie(COOKIE, preset);
    browser.setCookie("conductor-callback-url", "https%3A%2F%2Fevil.test");
    await browser.get(link);
    const token = browser.cookies.get(COOKIE) ?? "";
    expect(token).not.toBe(preset);
    expect(await findSession(deps.call, preset, null)).toBeNull();
    expect(await sessionRows(email)).toHaveLength(1);
  });

  it("gives a new token at each sign-in and ends the session that the browser had", async () => {
    const { deps, browser, email, link } = await asked();
    await browser.get(link);
    const first = browser.cookies.get(COOKIE) ?? "";
    const before = smtp.mails.slice();
    await askSignIn(browser, "signin/email", { email });
    const second = linkIn(await smtp.nextTo(email, before));
    await browser.get(second);
    expect(browser.cookies.get(COOKIE)).not.toBe(first);
    expect(await findSession(deps.call, first, null)).toBeNull();
    expect(await sessionRows(email)).toHaveLength(1);
  });

  it("ends the session on the server at sign-out", async () => {
    const { deps, browser, email, link } = await asked();
    await browser.get(link);
    const token = browser.cookies.get(COOKIE) ?? "";
    await askSignIn(browser, "signout", { callbackUrl: "/sign-in" });
    expect(browser.cookies.has(COOKIE)).toBe(false);
    expect(await findSession(deps.call, token, null)).toBeNull();
    const replay = authBrowser(deps);
    replay.setCookie(COOKIE, token);
    expect(await (await replay.get("/api/auth/session")).json()).toEqual({});
    expect(await sessionRows(email)).toEqual([]);
  });

  it("answers an address it knows and one it does not alike", async () => {
    const known = await makeUser(db.database);
    const answers = [];
    for (const email of [known.email, address()])
      answers.push(await askSignIn(authBrowser(deployment()), "signin/email", { email }));
    const [first, second] = await Promise.all(
      answers.map(async (answer) => ({ status: answer.status, body: await answer.text() })),
    );
    expect(first).toEqual(second);
  });

  it("makes one person of one address however it is written", async () => {
    const { deps, email, link } = await asked();
    await authBrowser(deps).get(link);
    const before = smtp.mails.slice();
    await askSignIn(authBrowser(deps), "signin/email", { email: ` ${email.toUpperCase()} ` });
    const mail = await smtp.nextTo(email, before);
    await authBrowser(deps).get(linkIn(mail));
    const people = await withoutTenant({ database: db.database }, (tx) =>
      tx.select().from(users).where(eq(users.email, email)),
    );
    expect(people).toHaveLength(1);
  });

  it.each([
    '"e@attacker.com"@victim.com',
    "a＠b.com",
    "a@b.com,c@d.com",
    "a@b.com c@d.com",
    "a@b.com\r\nBcc: c@d.com",
    "a@b.com\u0000",
    "a@b@c.com",
    "",
    "nobody",
  ])("refuses %j and sends nothing", async (email) => {
    const before = smtp.mails.length;
    const answer = await askSignIn(authBrowser(deployment()), "signin/email", { email });
    expect(answer.status).toBe(400);
    expect(await answer.json()).toMatchObject({ error: { code: "Invalid", details: { field: "email" } } });
    expect(smtp.mails.length).toBe(before);
  });

  it("refuses two addresses in two fields, a body that is no form, and one that is too long", async () => {
    const browser = authBrowser(deployment());
    const send = (body: string, type = "application/x-www-form-urlencoded") =>
      browser.send("/api/auth/signin/email", { method: "POST", headers: { "content-type": type }, body });
    expect((await send("email=a%40b.com&email=c%40d.com")).status).toBe(400);
    expect((await send('{"email":["a@b.com","c@d.com"]}', "application/json")).status).toBe(400);
    expect((await send("email=a%40b.com", "text/plain")).status).toBe(400);
    expect((await send(`email=${"a".repeat(20_000)}`)).status).toBe(400);
  });

  it("links to the configured address whatever the request's headers say", async () => {
    const email = address();
    const forged = {
      ...{
        host: "evil.test",
        "x-forwarded-host": "evil.test",
        "x-forwarded-proto": "http",
        forwarded: "host=evil.test",
      },
    };
    const deps = deployment({ CONDUCTOR_PUBLIC_URL: "https://conductor.example" });
    await askSignIn(authBrowser(deps), "signin/email", { email }, forged);
    const mail = await smtp.nextTo(email);
    expect(linkIn(mail)).toMatch(/^https:\/\/conductor\.example\/api\/auth\/callback\/email\?/);
    expect(JSON.stringify(mail.content)).not.toContain("evil.test");
  });

  it.each([
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "javascript:alert(1)",
    "http://localhost:3000@evil.test",
  ])("never leads to %s", async (callbackUrl) => {
    const { browser, link } = await asked({}, callbackUrl);
    expect((await browser.get(link)).headers.get("location")).toBe("http://localhost:3000/");
    const asPage = await browser.get(`/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`);
    expect(asPage.headers.get("location")).not.toContain("evil");
  });

  it("takes no form from another page, and none without the CSRF token", async () => {
    const before = smtp.mails.length;
    const browser = authBrowser(deployment());
    const email = address();
    const foreign = await askSignIn(browser, "signin/email", { email }, { origin: "https://evil.test" });
    expect(foreign.status).toBe(403);
    const crossSite = await askSignIn(browser, "signin/email", { email }, { "sec-fetch-site": "cross-site" });
    expect(crossSite.status).toBe(403);
    const tokenless = await browser.post("/api/auth/signin/email", { email });
    expect(tokenless.headers.get("location")).toContain("csrf=true");
    expect(smtp.mails.length).toBe(before);
  });

  it("stops at five links for one address, from however many network addresses", async () => {
    const email = address();
    const deps = deployment();
    const statuses = [];
    for (let tried = 0; tried < 50; tried += 1) {
      const answer = await askSignIn(
        authBrowser(deps),
        "signin/email",
        { email },
        { "x-forwarded-for": `10.0.0.${tried}` },
      );
      statuses.push(answer.status);
      if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
    }
    expect(statuses.filter((status) => status === 200)).toHaveLength(5);
    expect(statuses.filter((status) => status === 429)).toHaveLength(45);
  });

  it("stops one network address that tries many people", async () => {
    const deps = deployment();
    const statuses = [];
    for (let tried = 0; tried < 61; tried += 1) {
      const fields = { email: address(), json: "true" };
      const headers = { "x-forwarded-for": "203.0.113.9" };
      statuses.push((await authBrowser(deps).post("/api/auth/signin/email", fields, headers)).status);
    }
    expect(statuses.at(-1)).toBe(429);
  });

  it("says that the mail could not be sent, and lets nobody in", async () => {
    const gone = await startSmtpSandbox();
    await gone.stop();
    const browser = authBrowser(deployment({ SMTP_URL: gone.url }));
    const answer = await askSignIn(browser, "signin/email", { email: address() });
    expect(await answer.json()).toEqual({ url: "http://localhost:3000/api/auth/error?error=EmailSignin" });
  });

  it("sets cookies that scripts, foreign pages and plain http cannot reach", async () => {
    const deps = deployment({ CONDUCTOR_PUBLIC_URL: "https://conductor.example" });
    const email = address();
    const browser = authBrowser(deps);
    await askSignIn(browser, "signin/email", { email });
    const answer = await browser.get(linkIn(await smtp.nextTo(email)));
    const lines = answer.headers.getSetCookie();
    expect(lines.some((line) => line.startsWith("__Host-conductor-session="))).toBe(true);
    for (const line of lines) {
      expect(line).toMatch(/^__Host-/);
      expect(line).toMatch(/; Path=\/;.*HttpOnly; Secure; SameSite=Lax$/);
      expect(line).not.toMatch(/Domain=/i);
    }
    expect(answer.headers.get("cache-control")).toBe("private, no-store");
  });
});

describe("the sign-in routes", () => {
  it("keeps no session for a cookie that is none of ours", async () => {
    const jwt = "eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1c3JfMSIsImV4cCI6OTk5OTk5OTk5OX0.";
    for (const value of [jwt, "A".repeat(1_000_000), "%E0%A4%A", "a|b", "'; drop table sessions; --"]) {
      const browser = authBrowser(deployment());
      browser.setCookie(COOKIE, value);
      browser.setCookie(`${COOKIE}.1`, "joined");
      const answer = await browser.get("/api/auth/session");
      expect({ status: answer.status, body: (await answer.json()) as unknown }).toEqual({ status: 200, body: {} });
    }
  });

  it.each([
    ["GET", "signout"],
    ["POST", "_log"],
    ["POST", "session"],
    ["POST", "callback/email"],
    ["HEAD", "callback/email"],
    ["GET", ""],
    ["GET", "nonsense"],
  ])("does not serve %s %s", async (method, action) => {
    const answer = await authBrowser(deployment()).send(`/api/auth/${action}`, { method });
    expect(answer.status).toBe(404);
  });

  it("repeats no words of a caller's in where it leads", async () => {
    const answer = await authBrowser(deployment()).get("/api/auth/error?error=%0d%0aset-cookie:%20a=b");
    expect(answer.headers.get("location")).toBe("/sign-in/error?error=Default");
  });
});
