import { describe, expect, it } from "vitest";
import { contentSecurityPolicy, securityHeaders } from "./security-headers";

const facts = { nonce: "abc", isHttps: true, isDevelopment: false };

describe("security headers", () => {
  it("let a script run only with the request's nonce", () => {
    const policy = contentSecurityPolicy(facts);
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).not.toMatch(/script-src[^;]*unsafe/);
    expect(policy).not.toMatch(/style-src [^;]*unsafe/);
  });

  it("let nobody frame a page or change its base", () => {
    const policy = contentSecurityPolicy(facts);
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain("base-uri 'none'");
  });

  it("ask for https for ever only where the deployment has it", () => {
    expect(securityHeaders(facts)).toHaveProperty("strict-transport-security");
    const plain = securityHeaders({ ...facts, isHttps: false });
    expect(plain).not.toHaveProperty("strict-transport-security");
    expect(plain["content-security-policy"]).not.toContain("upgrade-insecure-requests");
  });
});
