import { afterEach, expect, it, onTestFinished, vi } from "vitest";

const TOKEN = "a token of at least 16 characters";

// The environment is read once per process, so each case has modules of its own.
async function answer(token: string | undefined, authorization?: string): Promise<Response> {
  vi.resetModules();
  vi.stubEnv("CONDUCTOR_SECRET", "x".repeat(40));
  vi.stubEnv("METRICS_TOKEN", token);
  const { answerMetrics } = await import("./handlers");
  const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
  return answerMetrics(new Request("http://localhost/api/metrics", { headers }));
}

afterEach(() => vi.unstubAllEnvs());

it("is not ready from the moment in which the process is asked to end, whatever its parts say", async () => {
  vi.stubGlobal("conductorShutdown", { isOn: true });
  onTestFinished(() => void vi.unstubAllGlobals());
  const { answerReady } = await import("./handlers");
  const answer = await answerReady();
  expect([answer.status, await answer.json()]).toEqual([503, { status: "stopping" }]);
});

it("has no metrics page where no token is set, whatever is sent", async () => {
  expect((await answer(undefined)).status).toBe(404);
  expect((await answer(undefined, "Bearer undefined")).status).toBe(404);
});

it.each([undefined, "", "Bearer", "Bearer wrong", `Basic ${TOKEN}`, TOKEN, `Bearer ${TOKEN} `.repeat(2)])(
  "tells no metrics to %s",
  async (authorization) => {
    const refused = await answer(TOKEN, authorization);
    expect(refused.status).toBe(401);
    expect(await refused.text()).toBe("");
  },
);
