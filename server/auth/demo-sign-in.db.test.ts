import { describe, expect, it } from "vitest";
import { makeUser } from "@/db/testing/factories";
import { useTestDatabase } from "@/db/testing/test-database";
import { authDeps } from "@/server/testing/sign-in";
import { answerDemoSignIn } from "./demo-sign-in";
import { findSession, sessionCookieName } from "./session";

const db = useTestDatabase();
const deployment = (settings: Record<string, string> = {}) =>
  authDeps(db.database, { CONDUCTOR_MODE: "demo", ...settings });

function ask(deps: ReturnType<typeof deployment>, body: unknown, headers: Record<string, string> = {}) {
  const request = new Request("http://localhost:3000/api/demo/sign-in", {
    method: "POST",
    headers: { "content-type": "application/json", origin: "http://localhost:3000", ...headers },
    body: JSON.stringify(body),
  });
  return answerDemoSignIn(request, deps);
}

const tokenIn = (answer: Response) => /^conductor-session=([^;]+)/.exec(answer.headers.get("set-cookie") ?? "")?.[1];

describe("the demo's sign-in", () => {
  it("starts a real session for a person of the demo", async () => {
    const person = await makeUser(db.database);
    const deps = deployment();
    const answer = await ask(deps, { email: person.email.toUpperCase() }, { "user-agent": "Firefox" });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("set-cookie")).toMatch(/; Path=\/; Expires=.*; HttpOnly; SameSite=Lax$/);
    expect(await findSession(deps.call, tokenIn(answer), null)).toMatchObject({ user: { id: person.id } });
  });

  it("ends the session that the browser had", async () => {
    const person = await makeUser(db.database);
    const deps = deployment();
    const first = tokenIn(await ask(deps, { email: person.email })) ?? "";
    await ask(deps, { email: person.email }, { cookie: `${sessionCookieName(false)}=${first}` });
    expect(await findSession(deps.call, first, null)).toBeNull();
  });

  it.each(["local", "production"])("does not exist in %s mode", async (mode) => {
    const person = await makeUser(db.database);
    const production = {
      CONDUCTOR_PUBLIC_URL: "https://conductor.example",
      SMTP_URL: "smtp://127.0.0.1:1",
      DATABASE_URL: "postgres://127.0.0.1/x",
    };
    const deps = deployment({ CONDUCTOR_MODE: mode, ...(mode === "production" ? production : {}) });
    const answer = await ask(deps, { email: person.email });
    expect(answer.status).toBe(404);
    expect(answer.headers.get("set-cookie")).toBeNull();
  });

  it("makes up nobody", async () => {
    const answer = await ask(deployment(), { email: "nobody@example.test" });
    expect(answer.status).toBe(404);
  });

  it("takes no call from another page, no form, and no unknown key", async () => {
    const { email } = await makeUser(db.database);
    const deps = deployment();
    const statuses = [
      await ask(deps, { email }, { origin: "https://evil.test" }),
      await ask(deps, { email }, { "sec-fetch-site": "same-site" }),
      await ask(deps, { email }, { "content-type": "text/plain" }),
      await ask(deps, { email, role: "tenant_admin" }),
      await ask(deps, [email]),
    ].map((answer) => answer.status);
    expect(statuses).toEqual([403, 403, 400, 400, 400]);
  });

  it("serves a page of the demo under another of its names", async () => {
    const { email } = await makeUser(db.database);
    const headers = { origin: "http://127.0.0.1:3000", host: "127.0.0.1:3000" };
    expect((await ask(deployment(), { email }, headers)).status).toBe(200);
  });
});
