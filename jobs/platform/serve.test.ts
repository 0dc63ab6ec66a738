import { describe, expect, it } from "vitest";
import { serveInngest } from "../index";

describe("/api/inngest", () => {
  it.each(["GET", "POST", "PUT"])("does not exist for %s with the embedded executor", async (method) => {
    const answer = await serveInngest(
      new Request("http://localhost/api/inngest?fnId=conductor-execute-run", { method }),
    );
    expect(answer.status).toBe(404);
    expect(await answer.text()).toBe("");
  });
});
