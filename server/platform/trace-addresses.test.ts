import { describe, expect, it } from "vitest";
import { withoutSecrets } from "./trace-addresses";

describe("withoutSecrets", () => {
  it.each([
    ["/api/auth/callback/email?token=x&email=a%40b.test", "/api/auth/callback/email"],
    ["/invitations/inv_1?token=x", "/invitations/inv_1"],
    ["/invitations/inv_1%3Ftoken=x", "/invitations/inv_1"],
    ["/invitations/inv_1%253ftoken%253dx", "/invitations/inv_1"],
    ["/sign-in#token=x", "/sign-in"],
    ["?token=x", ""],
    ["fetch POST https://hooks.example/services/T0/x?y=z", "fetch POST https://hooks.example"],
    ["http GET http://ada:x@127.0.0.1:8080/x", "http GET http://127.0.0.1:8080"],
    ["HTTPS://[::1]:8443/x", "HTTPS://[::1]:8443"],
    ["cannot reach postgres://app:x@db.internal:5432/conductor now", "cannot reach postgres://db.internal:5432 now"],
    ["from https://a.test/x to https://b.test/y?z", "from https://a.test to https://b.test"],
  ])("makes %j of the one that holds a secret", (text, told) => {
    expect(withoutSecrets(text)).toBe(told);
  });

  it.each([
    ...["GET /t/[tenant]/runs/[run]", "trpc runs.start", "step http", "run_0190", "", "What is that? Nothing # here"],
    "TypeError: no\n    at start (file:///srv/conductor/.next/server/app.js:1:2)",
  ])("leaves %j as it is", (text) => {
    expect(withoutSecrets(text)).toBe(text);
  });

  it.each(["a.", "a://", "%25", "?", "a@", "https://a@"])("is quick with %j over and over", (part) => {
    expect(withoutSecrets(part.repeat(200_000)).length).toBeLessThanOrEqual(part.length * 200_000);
  });
});
