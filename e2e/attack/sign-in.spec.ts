import { forgetCalls, watchAllowance } from "../fixtures/allowance";
import { askAuth, nobody, signIn, signInByMail } from "../fixtures/caller";
import { open } from "../fixtures/page";
import { apartMs, shapeOf } from "../fixtures/shape";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";
import { linkIn } from "../sandbox/smtp";

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
    await open(page, `/sign-in?callbackUrl=${encodeURIComponent(callbackUrl)}`);
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
  /** Tries at least so often, each time from another address, and on until it was refused; how often it was not. */
  const granted = async (least: number, attempt: (index: number) => Promise<{ status: number; headers: Headers }>) => {
    const statuses: number[] = [];
    while (statuses.length < least || (!statuses.includes(429) && statuses.length < 1_000)) {
      const from = statuses.length;
      const answers = await Promise.all([0, 1, 2, 3, 4].map((step) => attempt(from + step)));
      for (const { status, headers } of answers)
        if (status === 429) expect(Number(headers.get("retry-after"))).toBeGreaterThan(0);
      statuses.push(...answers.map(({ status }) => status));
    }
    expect(statuses).toContain(429);
    return statuses.filter((status) => status !== 429).length;
  };
  await forgetCalls(hardened);
  const email = `${fresh("flooded")}@example.test`;
  const perAccount = watchAllowance({ burst: 5, perMinute: 0.5 });
  const letters = await granted(50, (index) => askAuth(nobody(hardened), "signin/email", { email }, claims(index)));
  expect(letters).toBeGreaterThanOrEqual(5);
  expect(letters).toBeLessThanOrEqual(perAccount());
  expect(hardened.smtp.mails.filter(({ recipients }) => recipients.includes(email))).toHaveLength(letters);

  await forgetCalls(hardened);
  const perAddress = watchAllowance({ burst: 60, perMinute: 30 });
  const asked = await granted(70, (index) => askAuth(nobody(hardened), "signin/oidc", {}, claims(index)));
  expect(asked).toBeLessThanOrEqual(perAddress());

  await forgetCalls(hardened);
  const guesser = await signIn(hardened, "read_only@globex.test", "globex");
  const guess = { invitationId: `inv_${"0".repeat(32)}`, token: "x".repeat(43) };
  const guesses = await granted(50, (index) => guesser.once("me/members.acceptInvitation", guess, claims(index)));
  expect(guesses).toBeLessThan(25);
});

test("29 signing in and inviting tell nobody who is known", async ({ deployment, sides: { a } }) => {
  const known = ["tenant_admin", "operator", "workflow_author", "read_only"].map((role) => `${role}@operator.test`);
  const unknown = known.map((_email, index) => `${fresh("unknown")}-${index}@operator.test`);
  const ask = (email: string) => askAuth(nobody(deployment), "signin/email", { email });
  const [first, second] = [await ask(known[0] ?? ""), await ask(unknown[0] ?? "")];
  expect(shapeOf(first, known)).toEqual(shapeOf(second, unknown));
  const inTurn = (emails: readonly string[]) => {
    const left = [...emails, ...emails];
    return () => ask(left.shift() ?? "");
  };
  const { apart, taken } = await apartMs(2 * known.length, inTurn(known), inTurn(unknown));
  expect(apart).toBeLessThan(Math.max(25, taken));

  const invite = (email: string) => a.owner.attempt("members.invite", { email, roles: ["read_only"] });
  const [stranger, person] = [`${fresh("stranger")}@example.test`, "workflow_author@initech.test"];
  const [invitedStranger, invitedPerson] = [await invite(stranger), await invite(person)];
  const plain = (text: string) => text.replaceAll(/inv_[0-9a-f]{32}/g, "~");
  expect(plain(shapeOf(invitedPerson, [person]).body)).toBe(plain(shapeOf(invitedStranger, [stranger]).body));
});
