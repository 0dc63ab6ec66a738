import { readFile } from "node:fs/promises";
import { type Caller, COOKIE, signInByMail } from "../fixtures/caller";
import { definition, fresh, type Made, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const LISTS = [
  "workflows.list",
  "runs.list",
  "receipts.list",
  "members.list",
  "members.invitations",
  "apiKeys.list",
  "notifications.list",
  "switchboard.get",
];
const XSS = `<img src=x onerror="window.__xss=1"><script>window.__xss=1</script>'"></textarea>`;

test("53 what people write is shown as text, wherever it is shown", async ({
  deployment,
  sides: { a },
  page,
  context,
}) => {
  const { author, owner } = a;
  const name = `${XSS.slice(0, 80)} ${fresh("x")}`.slice(0, 118);
  const steps = [
    {
      id: "call",
      type: "http",
      name: XSS.slice(0, 110),
      request: { url: `${deployment.target.url}/${encodeURIComponent(XSS)}`, method: "POST", body: { text: XSS } },
      retries: 0,
    },
  ];
  const made = await publish(a, { name, description: `${XSS} javascript:alert(1) [x](javascript:alert(1))`, steps });
  await author.ask("me/accounts.updateProfile", { name: XSS.slice(0, 110) });
  await owner.ask("apiKeys.create", { name: XSS.slice(0, 110), roles: ["read_only"] });
  const { runId } = await a.operator.ask<{ runId: string }>("runs.start", { workflowId: made.workflowId });
  const draft = await author.ask<Made>("workflows.saveDraft", {
    ...{
      workflowId: made.workflowId,
      baseHash: made.contentHash,
      definition: definition({ name, steps, description: "changed" }),
    },
  });
  await author.ask("workflows.submit", { versionId: draft.versionId });
  await a.reviewer.ask("workflows.review", {
    versionId: draft.versionId,
    contentHash: draft.contentHash,
    verdict: "changes_requested",
    comment: XSS,
  });
  await a.operator.attempt("runs.kill", { runId, reason: XSS });

  const cookie = owner.cookie.slice(owner.cookie.indexOf("=") + 1);
  await context.addCookies([{ name: COOKIE, value: cookie, url: deployment.url, httpOnly: true }]);
  const violations: string[] = [];
  page.on("console", (message) => {
    if (message.text().includes("Content Security Policy")) violations.push(message.text());
  });
  page.on("dialog", (dialog) => {
    violations.push(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  const paths = [
    "switchboard",
    "workflows",
    `workflows/${made.slug}`,
    "runs",
    `runs/${runId}`,
    "members",
    "api-keys",
    "receipts",
  ];
  for (const path of paths) {
    await page.goto(`/t/${a.slug}/${path}`);
    await expect(page.locator("h1").first(), path).toBeVisible();
    expect(await page.evaluate(() => (window as { __xss?: number }).__xss), path).toBeUndefined();
    expect(await page.locator('img[src="x"], a[href^="javascript:" i]').count(), path).toBe(0);
  }
  await page.goto(`/t/${a.slug}/workflows/${made.slug}`);
  await expect(page.getByText(name).first()).toBeVisible();
  expect(violations).toEqual([]);
  await author.ask("me/accounts.updateProfile", { name: "Workflow author" });
});

test("53 a mail shows a name as text", async ({ deployment }) => {
  const founder = await signInByMail(deployment, `${fresh("founder")}@example.test`);
  const slug = fresh("mail");
  await founder.ask("me/tenants.create", { name: '<a href="https://evil.test">Click</a><img src=x>', slug });
  const guest = `${fresh("guest")}@example.test`;
  const mails = [...deployment.smtp.mails];
  await founder.at(slug).ask("members.invite", { email: guest, roles: ["read_only"] });
  const { content } = await deployment.smtp.nextTo(guest, mails);
  expect(content.html).not.toMatch(/<img src=x|href="https:\/\/evil/);
  expect(content.html).toContain("&lt;a href=");
  expect(content.subject).not.toMatch(/[\r\n]/);
});

test("53 an exported cell is no formula", async ({ deployment, sides: { a }, page, context }) => {
  const formulas = ["=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(1)"];
  for (const name of formulas)
    await a.author.ask("workflows.create", { slug: fresh("csv"), definition: definition({ name }) });
  const cookie = a.author.cookie.slice(a.author.cookie.indexOf("=") + 1);
  await context.addCookies([{ name: COOKIE, value: cookie, url: deployment.url, httpOnly: true }]);
  await page.goto(`/t/${a.slug}/workflows`);
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Export CSV" }).click(),
  ]);
  const csv = await readFile(await download.path(), "utf8");
  for (const name of formulas) expect(csv, name).toContain(`'${name}`);
  expect(csv).not.toMatch(/(^|[\r\n,"])[=+@-]/);
});

/** Texts that have broken parsers, stores and pages. */
const TEXTS: Readonly<Record<string, string>> = {
  sql: `'; drop table runs; --`,
  like: "%_\\",
  nul: "a\u0000b",
  "lone high surrogate": "a\ud800",
  "lone low surrogate": "\udc00a",
  "right-to-left override": "a\u202egnp.exe",
  newline: "a\nb",
  "1 MB": "x".repeat(900_000),
  "zero-width joiners": "👩‍👩‍👧‍👦 e\u0301 ñ",
  "escape sequence": "\u001b[31mred",
  path: "../../etc/passwd",
  template: "{{constructor}} ${7*7} <%= 1 %>",
  "format string": "%s%n%d {0}",
};

/** Every place that takes text, and where it can be read back. */
function places(
  a: TenantSide,
): Record<string, (text: string) => Promise<{ status: number; text: string; kept: () => Promise<unknown> }>> {
  const stored = async (
    caller: Caller,
    procedure: string,
    input: unknown,
    read: (value: unknown) => Promise<unknown>,
  ) => {
    const answer = await caller.attempt(procedure, input);
    return { status: answer.status, text: answer.text, kept: () => read(answer.value) };
  };
  const ofWorkflow = (field: string) => async (text: string) => {
    const slug = fresh("text");
    return stored(a.author, "workflows.create", { slug, definition: definition({ [field]: text }) }, async () => {
      const { versions } = await a.author.ask<{ versions: { definition: Record<string, unknown> }[] }>(
        "workflows.get",
        { slug },
      );
      return versions[0]?.definition[field];
    });
  };
  return {
    "workflow name": ofWorkflow("name"),
    "workflow description": ofWorkflow("description"),
    "profile name": (text) =>
      stored(
        a.viewer,
        "me/accounts.updateProfile",
        { name: text },
        async () => (await a.viewer.ask<{ name: string }>("me/accounts.profile")).name,
      ),
    "key name": (text) =>
      stored(
        a.owner,
        "apiKeys.create",
        { name: text, roles: ["read_only"] },
        async (value) => (value as { name: string }).name,
      ),
    "address to invite": (text) =>
      stored(a.owner, "members.invite", { email: text, roles: ["read_only"] }, async () => text),
    "search of workflows": (text) => stored(a.owner, "workflows.list", { text }, async () => text),
    "search of members": (text) => stored(a.owner, "members.list", { text }, async () => text),
    "subject of receipts": (text) => stored(a.owner, "receipts.list", { subject: text }, async () => text),
    "slug to read": (text) => stored(a.owner, "workflows.get", { slug: text }, async () => text),
    cursor: (text) => stored(a.owner, "workflows.list", { cursor: text }, async () => text),
    "review comment": (text) =>
      stored(
        a.reviewer,
        "workflows.review",
        {
          ...{ versionId: a.inReview.versionId, contentHash: `sha256:${"0".repeat(64)}` },
          verdict: "approved",
          comment: text,
        },
        async () => text,
      ),
    "reason to stop": (text) =>
      stored(a.operator, "runs.kill", { runId: `run_${"0".repeat(32)}`, reason: text }, async () => text),
    "input of a run": (text) =>
      stored(
        a.operator,
        "runs.start",
        { workflowId: a.workflow.workflowId, input: { [text.slice(0, 60)]: text } },
        async () => text,
      ),
    "idempotency key": (text) =>
      stored(a.operator, "runs.start", { workflowId: a.workflow.workflowId, idempotencyKey: text }, async () => text),
  };
}

test("54 a text is kept as it was written or refused by its field, and never breaks anything", async ({
  sides: { a },
}) => {
  for (const [place, write] of Object.entries(places(a)))
    for (const [kind, text] of Object.entries(TEXTS)) {
      const title = `${kind} as ${place}`;
      const answer = await write(text);
      expect([200, 400, 404, 409], title).toContain(answer.status);
      if (answer.status === 200)
        expect([text.trim(), text.normalize("NFC").trim()], title).toContain(await answer.kept());
      if (place.endsWith("name") && /nul|surrogate|override|newline|1 MB|escape sequence/.test(kind))
        expect(answer.status, title).toBe(400);
      expect(answer.text.length, title).toBeLessThan(20_000_000);
    }
});

test("54 a run's input comes back as it went in", async ({ sides: { a } }) => {
  const { workflowId } = await publish(a, { input: { text: { type: "string" } } });
  for (const kind of [
    "sql",
    "nul",
    "right-to-left override",
    "newline",
    "zero-width joiners",
    "escape sequence",
    "template",
  ]) {
    const input = { text: TEXTS[kind] };
    const { runId } = await a.operator.ask<{ runId: string }>("runs.start", { workflowId, input });
    expect(await a.operator.ask("runs.get", { runId }), kind).toMatchObject({ input });
    expect((await a.operator.send(`/t/${a.slug}/runs/${runId}`)).status, kind).toBe(200);
  }
  for (const kind of ["lone high surrogate", "lone low surrogate"])
    expect(await a.operator.attempt("runs.start", { workflowId, input: { text: TEXTS[kind] } }), kind).toMatchObject({
      status: 400,
    });
});

test("54 two ways to write one letter are no two slugs", async ({ sides: { a } }) => {
  for (const slug of [
    "café-flow",
    "cafe\u0301-flow",
    "ｆlow-wide",
    "flow\u200b-zero",
    "FLOW-upper",
    "-flow",
    "flow-",
    "fl--ow",
    "fl_ow",
    "fl/ow",
    "fl%2fow",
    "..",
    "me",
    "a".repeat(49),
  ]) {
    expect(await a.author.attempt("workflows.create", { slug, definition: definition() }), slug).toMatchObject({
      status: 400,
    });
    expect(await a.owner.attempt("me/tenants.create", { name: "Twin", slug }), slug).toMatchObject({ status: 400 });
  }
});

test("54 an address with any bytes in it is answered", async ({ deployment, sides: { a } }) => {
  const segments = [
    "%00",
    "%E0%A4%A",
    "%ff%fe",
    "%F0%9F%91%A9",
    "..%2f..",
    "%2e%2e",
    "a".repeat(4_000),
    "%3Cscript%3E",
    "%5c%5cevil",
    "acme%00",
    "acme%2f..%2fglobex",
    "%25%30%30",
  ];
  for (const segment of segments)
    for (const path of [
      `/t/${segment}/switchboard`,
      `/t/acme/workflows/${segment}`,
      `/t/acme/runs/${segment}`,
      `/invitations/${segment}`,
      `/api/trpc/${segment}/workflows.list`,
      `/api/auth/${segment}`,
    ]) {
      const answer = await a.reviewer.send(path);
      expect(answer.status, path).toBeLessThan(500);
      expect(answer.text, path).not.toContain("<script>alert");
    }
  for (const query of [
    "?limit=x",
    "?cursor=%00",
    "?q=%00",
    "?status=%27",
    "?callbackUrl=%00",
    "?page=-1",
    "?q[]=1&q[]=2",
    `?q=${"a".repeat(4_000)}`,
  ])
    for (const path of ["workflows", "runs", "members", "receipts", "api-keys"])
      expect((await a.reviewer.send(`/t/acme/${path}${query}`)).status, `${path}${query}`).toBeLessThan(500);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});

test("55 a list orders and filters by what it knows and by nothing else", async ({ sides: { a } }) => {
  const unknown: Record<string, unknown>[] = [
    { orderBy: "name" },
    { orderBy: "(select 1)" },
    { sort: "createdAt;drop table runs" },
    { direction: "desc nulls last, (select pg_sleep(5))" },
    { filter: { "input->>'x'": "y" } },
    { filter: { $where: "1" } },
    { where: { tenant_id: "x" } },
    { select: ["keyHash"] },
    { include: { members: true } },
    { columns: ["*"] },
    { status: "' or 1=1 --" },
    { status: { ne: "failed" } },
    { workflowId: { gt: "" } },
    { cursor: { id: 1 } },
    { cursor: "bm90aGluZw" },
    { cursor: Buffer.from(`+275760-09-13T00:00:00.000Z|run_${"0".repeat(32)}`).toString("base64url") },
  ];
  for (const procedure of LISTS)
    for (const input of unknown)
      expect(await a.owner.attempt(procedure, input), `${procedure} ${JSON.stringify(input)}`).toMatchObject({
        status: 400,
      });
});

test("56 a number is in its range or refused", async ({ sides: { a } }) => {
  const limits = [
    "-1",
    "0",
    "-0",
    "1.5",
    "1e309",
    "-1e309",
    "1e9",
    "101",
    "9007199254740993",
    "NaN",
    "Infinity",
    '"10"',
    "null",
    "[10]",
    "true",
    "1e-400",
    "0x10",
  ];
  for (const procedure of LISTS)
    for (const limit of limits) {
      const answer = await a.admin.send(`/api/trpc/acme/${procedure}`, {
        ...{ method: "POST", body: `{"limit":${limit}}`, headers: { "content-type": "application/json" } },
      });
      expect(answer.status, `${procedure} ${limit}`).toBe(400);
    }
  for (const before of ["0", "-1", "1.5", "1e309", "9007199254740993"]) {
    const body = `{"before":${before}}`;
    const answer = await a.admin.send("/api/trpc/acme/receipts.list", {
      method: "POST",
      body,
      headers: { "content-type": "application/json" },
    });
    expect(answer.status, before).toBe(400);
  }
  expect((await a.admin.attempt("receipts.list", { before: Number.MAX_SAFE_INTEGER })).status).toBe(200);
  const page = await a.admin.ask<{ rows: unknown[] }>("receipts.list", { limit: 100 });
  expect(page.rows.length).toBeLessThanOrEqual(100);
  for (const seconds of [0, -1, 1.5, 1e12, 2_592_001]) {
    const steps = [{ id: "pause", type: "wait", seconds }];
    expect(
      await a.author.attempt("workflows.create", { slug: fresh("n"), definition: definition({ steps }) }),
      String(seconds),
    ).toMatchObject({ status: 400 });
  }
  const key = { name: "N", roles: ["read_only"] };
  for (const expiresInDays of [0, -1, 366, 1e308])
    expect(await a.admin.attempt("apiKeys.create", { ...key, expiresInDays })).toMatchObject({ status: 400 });
});

test("59 a name or header with a line break forges no line of the log", async ({ deployment, sides: { a } }) => {
  const forged = `{"level":"info","msg":"approved-by-forgery"}`;
  const text = `x\n${forged}`;
  await a.owner.attempt("me/accounts.updateProfile", { name: text });
  await a.owner.attempt(`workflows.list\n${forged}`, {});
  await a.owner.send(`/api/auth/signin/email`, {
    method: "POST",
    body: text,
    headers: { "content-type": "application/json" },
  });
  await a.owner.send(
    `/api/auth/callback/email?error=${encodeURIComponent(text)}&token=x&email=${encodeURIComponent(text)}`,
  );
  await a.owner.send(`/nothing?x=${encodeURIComponent(text)}`);
  await a.owner.attempt(
    "workflows.list",
    {},
    { "user-agent": forged, "x-request-id": forged, referer: forged, "x-forwarded-for": forged },
  );
  const lines = deployment.log().split("\n");
  expect(lines.filter((line) => line.startsWith(`{"level":"info","msg":"approved`))).toEqual([]);
  for (const line of lines.filter((one) => one.startsWith("{")))
    expect(() => JSON.parse(line) as unknown, line).not.toThrow();
});
