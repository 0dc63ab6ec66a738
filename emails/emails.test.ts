import { describe, expect, it } from "vitest";
import { writeSignInLink } from "./auth/sign-in-link";
import { writeInvitation } from "./members/invitation";

describe("the letters", () => {
  it("say in plain text what they say in HTML, with the link whole", async () => {
    const url = "https://conductor.example/api/auth/callback/email?token=abc&email=a%40b.com";
    const { subject, html, text } = await writeSignInLink({ url, minutes: 30 });
    expect(subject).toBe("Your sign-in link");
    expect(text.split(url)).toHaveLength(2);
    expect(html).toContain(url.replaceAll("&", "&amp;"));
    expect(text).toContain("once, for 30 minutes");
  });

  it("show names as text, whatever they hold", async () => {
    const name = '<img src=x onerror="alert(1)"> & Co';
    const { html, text } = await writeInvitation({
      ...{ tenantName: name, inviterName: name, roles: ["workflow_reviewer"] },
      ...{ url: "https://conductor.example/invitations/x", expiresAt: "2026-03-01T12:00:00.000Z" },
    });
    expect(html).not.toContain("<img");
    expect(html).toContain("&lt;img");
    expect(text).toContain("1 March 2026 at 12:00 UTC");
  });

  it("load nothing from anywhere", async () => {
    const { html } = await writeSignInLink({ url: "https://conductor.example/x", minutes: 30 });
    expect(html).not.toMatch(/<(img|script|link)\b|url\(/i);
  });
});
