import { createHmac } from "node:crypto";
import { askAuth, callerOf, COOKIE, cookiesOf, nobody, signIn } from "../fixtures/caller";
import { enterAs } from "../fixtures/page";
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
  await enterAs(context, deployment.url, reader);
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
