import type { Caller } from "../fixtures/caller";
import { definition, fresh, publish, type TenantSide } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

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
    for (const path of ["workflows", "runs", "members", "receipts", "api-keys", "secrets"])
      expect((await a.reviewer.send(`/t/acme/${path}${query}`)).status, `${path}${query}`).toBeLessThan(500);
  expect((await fetch(`${deployment.url}/api/ready`)).status).toBe(200);
});
