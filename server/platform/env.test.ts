import { describe, expect, it } from "vitest";
import { engineKind, EnvError, parseEnv, regionsIn } from "./env";

const SECRET = "s".repeat(40);
const problemsOf = (source: Record<string, string>) => {
  try {
    parseEnv(source);
    return [];
  } catch (error) {
    return error instanceof EnvError ? error.problems : [String(error)];
  }
};

describe("parseEnv", () => {
  it("needs nothing but the secret", () => {
    expect(parseEnv({ CONDUCTOR_SECRET: SECRET })).toMatchObject({
      CONDUCTOR_MODE: "local",
      PORT: 3000,
      EGRESS_ALLOW: [],
    });
  });

  it("takes the deployment's regions as a list of words, each once", () => {
    const regions = (text: string) => parseEnv({ CONDUCTOR_SECRET: SECRET, CONDUCTOR_REGIONS: text }).CONDUCTOR_REGIONS;
    expect(regions("")).toEqual(["eu", "us", "apac"]);
    expect(regions("ap_south, eu")).toEqual(["ap_south", "eu"]);
    expect(regionsIn({ CONDUCTOR_REGIONS: "ap" })).toEqual(["ap"]);
    for (const wrong of ["eu,eu", "EU", "eu,", ",", "eu us", "9a", "x".repeat(64)]) {
      expect(problemsOf({ CONDUCTOR_SECRET: SECRET, CONDUCTOR_REGIONS: wrong }).join()).toContain("CONDUCTOR_REGIONS");
      expect(() => regionsIn({ CONDUCTOR_REGIONS: wrong })).toThrow("CONDUCTOR_REGIONS must");
    }
  });

  it("takes an empty value as unset", () => {
    expect(parseEnv({ CONDUCTOR_SECRET: SECRET, PORT: "", SMTP_URL: "" }).PORT).toBe(3000);
  });

  it("names every wrong variable at once, and what would be accepted", () => {
    const problems = problemsOf({
      PORT: "99999",
      DATABASE_URL: "mysql://x",
      CONDUCTOR_MODE: "test",
      EGRESS_ALLOW: "nonsense",
    });
    expect(problems).toHaveLength(5);
    expect(problems.join("\n")).toMatch(/CONDUCTOR_SECRET is missing[\s\S]*/);
    expect(problems.join("\n")).toContain("DATABASE_URL must be a postgres:// URL");
    expect(problems.join("\n")).toContain("must be host:port or a CIDR range");
  });

  const WEBHOOK = { STRIPE_WEBHOOK_SECRET: `whsec_${"a".repeat(32)}` };
  const SANDBOX = { STRIPE_SECRET_KEY: "sk_test_sandbox_app", STRIPE_API_BASE: "http://127.0.0.1:9", ...WEBHOOK };
  it.each([
    ["a live key in a demo", { CONDUCTOR_MODE: "demo", STRIPE_SECRET_KEY: "sk_live_1", ...WEBHOOK }, "live key"],
    [
      "a test key in production",
      { CONDUCTOR_MODE: "production", STRIPE_SECRET_KEY: "sk_test_1", ...WEBHOOK },
      "live key",
    ],
    ["a restricted live key at home", { STRIPE_SECRET_KEY: "rk_live_1", ...WEBHOOK }, "live key"],
    ["a stand-in in production", { CONDUCTOR_MODE: "production", ...SANDBOX }, "STRIPE_API_BASE is for demo"],
    ["a stand-in elsewhere", { ...SANDBOX, STRIPE_API_BASE: "https://stripe.evil.test" }, "must be on this machine"],
    ["a stand-in with a key of Stripe's", { ...SANDBOX, STRIPE_SECRET_KEY: "sk_test_1" }, "belong together"],
    ["a key of the stand-in for Stripe", { ...SANDBOX, STRIPE_API_BASE: "" }, "belong together"],
    ["a publishable key", { STRIPE_SECRET_KEY: "pk_test_1", ...WEBHOOK }, "secret or restricted key"],
    ["a key without a signing secret", { STRIPE_SECRET_KEY: "sk_test_1" }, "STRIPE_WEBHOOK_SECRET is needed"],
    ["a blank signing secret (case 11)", { STRIPE_SECRET_KEY: "sk_test_1", STRIPE_WEBHOOK_SECRET: " , " }, "whsec_"],
    ["a signing secret without a key", WEBHOOK, "STRIPE_SECRET_KEY is needed"],
  ])("does not start with %s", (_what, source, problem) => {
    expect(problemsOf({ CONDUCTOR_SECRET: SECRET, ...source }).join("\n")).toContain(problem);
  });

  it("takes several signing secrets, and a stand-in with its own key", () => {
    const two = { ...SANDBOX, STRIPE_WEBHOOK_SECRET: `${WEBHOOK.STRIPE_WEBHOOK_SECRET}, whsec_${"b".repeat(32)}` };
    expect(parseEnv({ CONDUCTOR_SECRET: SECRET, ...two }).STRIPE_WEBHOOK_SECRET).toHaveLength(2);
  });

  it("does not print a value back", () => {
    expect(problemsOf({ CONDUCTOR_SECRET: "too-short-and-secret" }).join()).not.toContain("too-short-and-secret");
  });

  it.each([
    [{ AUTH_GOOGLE_ID: "x" }, "AUTH_GOOGLE_SECRET"],
    [{ S3_BUCKET: "b", S3_ACCESS_KEY_ID: "i" }, "S3_SECRET_ACCESS_KEY"],
    [{ AUTH_OIDC_ISSUER: "https://idp.test" }, "AUTH_OIDC_CLIENT_ID"],
    [{ INNGEST_SIGNING_KEY: "signkey" }, "INNGEST_EVENT_KEY"],
    [{ INNGEST_BASE_URL: "http://inngest.test" }, "INNGEST_SIGNING_KEY"],
    [{ UNLEASH_URL: "http://unleash.test/api" }, "UNLEASH_API_TOKEN"],
  ])("refuses half of a pair: %j", (half, missing) => {
    expect(problemsOf({ CONDUCTOR_SECRET: SECRET, ...half }).join()).toContain(missing);
  });

  it.each([
    [
      { UNLEASH_URL: "http://unleash.test", UNLEASH_API_TOKEN: "*:production.x" },
      "UNLEASH_URL must be the address of its API",
    ],
    [
      { UNLEASH_URL: "http://unleash.test/api", UNLEASH_API_TOKEN: "*:development.hidden" },
      "UNLEASH_API_TOKEN is of the environment development",
    ],
    [{ UNLEASH_BOOTSTRAP: "none" }, "UNLEASH_BOOTSTRAP none needs UNLEASH_URL"],
    [{ UNLEASH_REFRESH_SECONDS: "0" }, "UNLEASH_REFRESH_SECONDS"],
  ])("refuses flags that nobody could follow: %j", (given, problem) => {
    const problems = problemsOf({ CONDUCTOR_SECRET: SECRET, ...given }).join();
    expect(problems).toContain(problem);
    expect(problems).not.toContain("hidden");
  });

  it("refuses to start production with what belongs to a demo", () => {
    const problems = problemsOf({ CONDUCTOR_SECRET: SECRET, CONDUCTOR_MODE: "production" }).join("\n");
    for (const name of ["CONDUCTOR_PUBLIC_URL", "SMTP_URL", "DATABASE_URL"]) expect(problems).toContain(name);
  });
});

describe("engineKind", () => {
  it("is Inngest when its keys are set, else embedded", () => {
    const keys = { INNGEST_SIGNING_KEY: "a", INNGEST_EVENT_KEY: "b" };
    expect(engineKind(parseEnv({ CONDUCTOR_SECRET: SECRET }))).toBe("embedded");
    expect(engineKind(parseEnv({ CONDUCTOR_SECRET: SECRET, ...keys }))).toBe("inngest");
  });
});
