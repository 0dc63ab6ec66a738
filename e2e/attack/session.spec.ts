import { createHmac } from "node:crypto";
import { askAuth, callerOf, COOKIE, cookiesOf, nobody, signIn, signInByMail } from "../fixtures/caller";
import { medianMs, shapeOf } from "../fixtures/shape";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

const valueOf = (cookie: string) => cookie.slice(cookie.indexOf("=") + 1);

test("20 a session that was there before sign-in is not the one after it", async ({ deployment }) => {
  const chosen = "a".repeat(43);
  const presets = [
    `${COOKIE}=${chosen}`,
    `next-auth.session-token=${chosen}`,
    `__Secure-next-auth.session-token=${chosen}`,
    `conductor-csrf=${chosen}%7C${"0".repeat(64)}`,
    `conductor-callback-url=https%3A%2F%2Fevil.test`,
  ].join("; ");
  const email = `${fresh("fixated")}@example.test`;
  const fixed = callerOf(deployment, { email, cookie: presets, tenant: "acme" });
  const mails = [...deployment.smtp.mails];
  const csrf = await fixed.send("/api/auth/csrf");
  const { csrfToken } = JSON.parse(csrf.text) as { csrfToken: string };
  expect(csrfToken).not.toBe(chosen);
  await askAuth(fixed, "signin/email", { email });
  const link = new URL(linkIn(await deployment.smtp.nextTo(email, mails)));
  const opened = await fixed.send(`${link.pathname}${link.search}`);
  expect(new URL(opened.headers.get("location") ?? "", deployment.url).origin).toBe(deployment.url);
  const cookie =
    cookiesOf(opened.headers)
      .split("; ")
      .find((pair) => pair.startsWith(`${COOKIE}=`)) ?? "";
  expect(valueOf(cookie)).toMatch(/^[A-Za-z0-9_-]{43}$/);
  expect(valueOf(cookie)).not.toBe(chosen);
  expect(await callerOf(deployment, { email, cookie, tenant: "acme" }).ask("me/accounts.profile")).toMatchObject({
    email,
  });
  for (const preset of presets.split("; "))
    expect(
      await callerOf(deployment, { email, cookie: preset, tenant: "acme" }).attempt("me/accounts.profile"),
    ).toMatchObject({ status: 401 });
});

test("20 signing in anew ends the session that the browser held", async ({ deployment }) => {
  const first = await signIn(deployment, "operator@initech.test", "initech");
  const again = await first.send("/api/demo/sign-in", {
    ...{ method: "POST", body: JSON.stringify({ email: "operator@initech.test" }) },
    headers: { "content-type": "application/json" },
  });
  expect(cookiesOf(again.headers)).not.toBe(first.cookie);
  expect(await first.attempt("me/accounts.profile")).toMatchObject({ status: 401 });
});

test("21 a signed-out session is dead, and the back button shows nothing of it", async ({
  deployment,
  sides,
  page,
  context,
}) => {
  const { marker, workflow } = sides.a;
  const reader = await signIn(deployment, "read_only@acme.test", "acme");
  await context.addCookies([{ name: COOKIE, value: valueOf(reader.cookie), url: deployment.url, httpOnly: true }]);
  await page.goto(`/t/acme/workflows/${workflow.slug}`);
  await expect(page.getByText(marker).first()).toBeVisible();
  expect((await askAuth(reader, "signout", { callbackUrl: "/sign-in" })).status).toBe(200);
  expect(await reader.attempt("me/accounts.profile")).toMatchObject({ status: 401, code: "Unauthenticated" });
  expect(await reader.attempt("workflows.list")).toMatchObject({ status: 401 });
  for (const path of [`/t/acme/workflows/${workflow.slug}`, "/account", "/tenants"]) {
    const replayed = await reader.send(path);
    expect(replayed.headers.get("location"), path).toMatch(/^\/sign-in\?callbackUrl=/);
    expect(replayed.text, path).not.toContain(marker);
  }
  await page.goto("/sign-in");
  await page.goBack();
  await expect(page).toHaveURL(/\/sign-in/);
  expect(await page.content()).not.toContain(marker);
});

test("21 nobody is signed out by a foreign page", async ({ deployment }) => {
  const reader = await signIn(deployment, "read_only@acme.test", "acme");
  for (const headers of [
    { origin: "https://evil.test" },
    { "sec-fetch-site": "cross-site" },
    { "sec-fetch-site": "same-site" },
  ] as Record<string, string>[])
    expect((await askAuth(reader, "signout", {}, headers)).status).toBe(403);
  expect((await reader.send("/api/auth/signout")).status).toBe(404);
  expect(
    (
      await reader.send("/api/auth/signout", {
        method: "POST",
        body: "csrfToken=x",
        headers: { "content-type": "application/x-www-form-urlencoded" },
      })
    ).status,
  ).not.toBe(500);
  expect((await reader.attempt("me/accounts.profile")).status).toBe(200);
});

test("22 no forged token opens a session", async ({ deployment }) => {
  const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const jwt = (header: unknown, claims: unknown, secret = "") => {
    const body = `${encode(header)}.${encode(claims)}`;
    return `${body}.${createHmac("sha256", secret).update(body).digest("base64url")}`;
  };
  const claims = { sub: "usr_1", email: "tenant_admin@acme.test" };
  const year = 31_536_000;
  const now = Math.floor(Date.now() / 1_000);
  const tokens = [
    jwt({ alg: "none", typ: "JWT" }, claims).replace(/[^.]*$/, ""),
    jwt({ alg: "HS256", typ: "JWT" }, claims),
    jwt({ alg: "HS256" }, { ...claims, exp: now - year }, "secret"),
    jwt({ alg: "HS256" }, { ...claims, exp: now + 1_000 * year }, "secret"),
    ...[
      "",
      "null",
      "undefined",
      "0",
      "[object Object]",
      "' or '1'='1",
      "%00",
      "%",
      "%E0%A4%A",
      "..%2f..%2f",
      "a".repeat(5_000),
    ],
  ];
  for (const token of tokens) {
    const forger = callerOf(deployment, { email: "", cookie: `${COOKIE}=${token}`, tenant: "acme" });
    expect(await forger.attempt("workflows.list"), token.slice(0, 60)).toMatchObject({
      status: 401,
      code: "Unauthenticated",
    });
    expect((await forger.send("/t/acme/switchboard")).headers.get("location"), token.slice(0, 60)).toMatch(
      /^\/sign-in/,
    );
    expect((await forger.send("/api/auth/session")).text, token.slice(0, 60)).toMatch(/^(\{\}|null)?$/);
  }
  const huge = callerOf(deployment, { email: "", cookie: `${COOKIE}=${"a".repeat(1_000_000)}`, tenant: "acme" });
  const refused = await huge.attempt("workflows.list").catch(() => ({ status: 431 }));
  expect([401, 431]).toContain(refused.status);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("22 a token of another deployment opens nothing", async ({ hardened, deployment }) => {
  const elsewhere = await signIn(hardened, "tenant_admin@acme.test");
  const cookie = `${COOKIE}=${valueOf(elsewhere.cookie)}`;
  expect(await elsewhere.ask("me/accounts.profile")).toMatchObject({ email: "tenant_admin@acme.test" });
  expect(await callerOf(deployment, { email: "", cookie, tenant: "acme" }).attempt("workflows.list")).toMatchObject({
    status: 401,
  });
});

test("23 a malformed bearer is nobody", async ({ deployment, sides }) => {
  const bearers = [
    "%E0%A4%A",
    "%",
    "",
    " ",
    "a b",
    "ck_",
    `ck_${"x".repeat(43)}`,
    "x".repeat(7_000),
    "[object Object]",
    "%00",
    "\u00ff\u00fe",
  ];
  for (const bearer of bearers)
    for (const scheme of ["Bearer", "bearer", "Basic"]) {
      const headers = { authorization: `${scheme} ${bearer}` };
      expect(await nobody(deployment).attempt("workflows.list", {}, headers), bearer.slice(0, 40)).toMatchObject({
        status: 401,
      });
      expect((await nobody(deployment).send("/t/acme/switchboard", { headers })).headers.get("location")).toMatch(
        /^\/sign-in/,
      );
      expect((await nobody(deployment).send("/api/auth/session", { headers })).status).toBe(200);
    }
  expect((await sides.a.viewer.attempt("workflows.list", {}, { authorization: "Bearer %E0%A4%A" })).status).toBe(200);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("25 a link goes to one plain address or to none", async ({ deployment }) => {
  const before = deployment.smtp.mails.length;
  const addresses = [
    '"e@attacker.test"@victim.test',
    "a＠b.test",
    "a@b.test,c@d.test",
    "a@b.test;c@d.test",
    "a@b.test c@d.test",
    "a@b.test\r\nBcc: c@d.test",
    "a@b.test\nc@d.test",
    "<a@b.test>",
    "A <a@b.test>",
    "a@b.test\u0000",
    "a@[127.0.0.1]",
    "a@b",
    "@b.test",
    "a@@b.test",
    `${"a".repeat(300)}@b.test`,
    "ａdmin@b.test",
    "",
  ];
  for (const email of addresses)
    expect((await askAuth(nobody(deployment), "signin/email", { email })).status, JSON.stringify(email)).toBe(400);
  const twice = new URLSearchParams([
    ["email", "a@b.test"],
    ["email", "c@d.test"],
    ["csrfToken", "x"],
  ]).toString();
  const form = { method: "POST", headers: { "content-type": "application/x-www-form-urlencoded" } };
  expect((await nobody(deployment).send("/api/auth/signin/email", { ...form, body: twice })).status).toBe(400);
  const json = { method: "POST", headers: { "content-type": "application/json" } };
  for (const email of [["a@b.test", "c@d.test"], { address: "a@b.test" }, null, 1])
    expect(
      (await nobody(deployment).send("/api/auth/signin/email", { ...json, body: JSON.stringify({ email }) })).status,
    ).toBe(400);
  // The mail server gets its mails one after the other: had one of those above been sent, it would be here by now.
  await signInByMail(deployment, `${fresh("plain")}@example.test`);
  expect(deployment.smtp.mails.length).toBe(before + 1);
});

test("26 sign-in leads to no other site", async ({ deployment, page, context }) => {
  const own = new URL(deployment.url).origin;
  const evil = [
    "https://evil.test",
    "//evil.test",
    "/\\evil.test",
    "\\\\evil.test",
    "javascript:alert(1)",
    "https:evil.test",
    "https://localhost@evil.test",
    `${own}.evil.test`,
    "data:text/html,x",
    "/\t/evil.test",
    " //evil.test",
  ];
  for (const callbackUrl of evil) {
    const answers = [
      await nobody(deployment).send(`/api/auth/signin?callbackUrl=${encodeURIComponent(callbackUrl)}`),
      await nobody(deployment).send(
        `/api/auth/callback/email?callbackUrl=${encodeURIComponent(callbackUrl)}&token=x&email=a%40b.test`,
      ),
      await nobody(deployment).send(`/api/auth/error?callbackUrl=${encodeURIComponent(callbackUrl)}`),
      await askAuth(nobody(deployment), "signout", { callbackUrl }),
    ];
    for (const { headers, text } of answers) {
      expect(new URL(headers.get("location") ?? "/", own).origin, callbackUrl).toBe(own);
      expect(headers.getSetCookie().join(), callbackUrl).not.toContain("evil");
      expect(text, callbackUrl).not.toContain("evil.test");
    }
  }
  const mails = [...deployment.smtp.mails];
  const email = `${fresh("led")}@example.test`;
  await askAuth(nobody(deployment), "signin/email", { email, callbackUrl: "https://evil.test/" });
  const link = linkIn(await deployment.smtp.nextTo(email, mails));
  expect(new URL(link).origin).toBe(own);
  expect(link).not.toContain("evil");
  const poisoned = new URL(link);
  poisoned.searchParams.set("callbackUrl", "https://evil.test/");
  const opened = await nobody(deployment).send(`${poisoned.pathname}${poisoned.search}`);
  expect(new URL(opened.headers.get("location") ?? "", own).origin).toBe(own);

  for (const callbackUrl of ["//evil.test", "/\\evil.test", "javascript:alert(1)"]) {
    await context.clearCookies();
    await page.goto(`/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
    await page.getByRole("button", { name: "read_only@globex.test" }).click();
    await page.waitForURL((url) => url.pathname !== "/sign-in");
    expect(new URL(page.url()).origin).toBe(own);
  }
});

test("28 no claimed address resets a limit on signing in", async ({ hardened }) => {
  const claims = (index: number): Record<string, string> => ({
    "x-forwarded-for": `203.0.113.${index}`,
    "x-real-ip": `203.0.113.${index}`,
    forwarded: `for=203.0.113.${index}`,
    "cf-connecting-ip": `203.0.113.${index}`,
  });
  const statuses = async (times: number, attempt: (index: number) => Promise<{ status: number; headers: Headers }>) => {
    const all: number[] = [];
    for (let index = 0; index < times; index += 1) {
      const answer = await attempt(index);
      if (answer.status === 429) expect(Number(answer.headers.get("retry-after"))).toBeGreaterThan(0);
      all.push(answer.status);
    }
    return all;
  };
  const email = `${fresh("flooded")}@example.test`;
  const account = await statuses(12, (index) => askAuth(nobody(hardened), "signin/email", { email }, claims(index)));
  expect(account.filter((status) => status === 429)).toHaveLength(7);
  expect(hardened.smtp.mails.filter(({ recipients }) => recipients.includes(email))).toHaveLength(5);

  const network = await statuses(70, (index) => askAuth(nobody(hardened), "signin/oidc", {}, claims(index)));
  expect(network.at(-1)).toBe(429);
  expect(network.filter((status) => status !== 429).length).toBeLessThan(60);

  const guesser = await signIn(hardened, "read_only@globex.test", "globex");
  const guess = { invitationId: `inv_${"0".repeat(32)}`, token: "x".repeat(43) };
  const guesses = await statuses(25, (index) => guesser.once("me/members.acceptInvitation", guess, claims(index)));
  expect(guesses.at(-1)).toBe(429);
});

test("29 signing in and inviting tell nobody who is known", async ({ deployment, sides: { a } }) => {
  const known = ["tenant_admin", "operator", "workflow_author", "read_only"].map((role) => `${role}@operator.test`);
  const unknown = known.map((_email, index) => `${fresh("unknown")}-${index}@operator.test`);
  const ask = (email: string) => askAuth(nobody(deployment), "signin/email", { email });
  const [first, second] = [await ask(known[0] ?? ""), await ask(unknown[0] ?? "")];
  expect(shapeOf(first, known)).toEqual(shapeOf(second, unknown));
  const timed = async (emails: string[]) => {
    const left = [...emails];
    return medianMs(emails.length, () => ask(left.shift() ?? ""));
  };
  const [ofKnown, ofUnknown] = [await timed(known), await timed(unknown)];
  expect(Math.abs(ofKnown - ofUnknown)).toBeLessThan(Math.max(25, ofUnknown));

  const invite = (email: string) => a.owner.attempt("members.invite", { email, roles: ["read_only"] });
  const [stranger, person] = [`${fresh("stranger")}@example.test`, "workflow_author@initech.test"];
  const [invitedStranger, invitedPerson] = [await invite(stranger), await invite(person)];
  const plain = (text: string) => text.replaceAll(/inv_[0-9a-f]{32}/g, "~");
  expect(plain(shapeOf(invitedPerson, [person]).body)).toBe(plain(shapeOf(invitedStranger, [stranger]).body));
});
