import { describe, expect, it } from "vitest";
import { verifiedGithubEmail } from "./providers";

describe("verifiedGithubEmail", () => {
  const entry = (email: string, primary: boolean, verified: boolean) => ({ email, primary, verified });
  it.each([
    [[entry("a@b.com", false, true), entry("c@d.com", true, true)], "c@d.com"],
    [[entry("a@b.com", false, true), entry("c@d.com", true, false)], null],
    [[], null],
    [{ message: "Bad credentials" }, null],
    [null, null],
  ])("reads %j as %j", (answer, email) => {
    expect(verifiedGithubEmail(answer)).toBe(email);
  });
});
