import { handedOut, secretsIn } from "../fixtures/caller";
import { JSON_BODY } from "../fixtures/known-surface";
import { expect, test } from "../fixtures/test";

test("59 a name or header with a line break forges no line of the log", async ({ deployment, sides: { a } }) => {
  const forged = `{"level":"info","msg":"approved-by-forgery"}`;
  const text = `x\n${forged}`;
  await a.owner.attempt("me/accounts.updateProfile", { name: text });
  await a.owner.attempt(`workflows.list\n${forged}`, {});
  await a.owner.send(`/api/auth/signin/email`, {
    method: "POST",
    body: text,
    headers: JSON_BODY,
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
  // The last one may not be written to its end yet.
  const lines = deployment.log().split("\n").slice(0, -1);
  expect(lines.filter((line) => line.startsWith(`{"level":"info","msg":"approved`))).toEqual([]);
  for (const line of lines.filter((one) => one.startsWith("{")))
    expect(() => JSON.parse(line) as unknown, line).not.toThrow();
});

// Every deployment's log is searched once more when it ends, after all that any test has said to it (fixtures/test.ts).
test("59 no token, cookie, key or secret that was handed out is in the log", async ({ deployment, sides: { a } }) => {
  const key = await a.owner.ask<{ key: string }>("apiKeys.create", { name: "Canary", roles: ["read_only"] });
  handedOut.add(key.key);
  await a.owner.attempt(
    "workflows.list",
    {},
    { authorization: `Bearer ${key.key}`, cookie: `${a.owner.cookie}; canary=${key.key}` },
  );
  const log = deployment.log();
  expect(log.length).toBeGreaterThan(100);
  expect(handedOut.size).toBeGreaterThan(10);
  expect(secretsIn(log)).toEqual([]);
  expect(log).not.toMatch(/postgres(ql)?:\/\/[^ ]*:[^ ]*@/);
});
