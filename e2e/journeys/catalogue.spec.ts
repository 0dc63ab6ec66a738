import { spawnSync } from "node:child_process";
import path from "node:path";
import { signIn, signInByMail } from "../fixtures/caller";
import { linkIn } from "../sandbox/smtp";
import { enterAs, open } from "../fixtures/page";
import { fresh } from "../fixtures/tenant-side";
import { expect, test } from "../fixtures/test";

const conductor = path.resolve(import.meta.dirname, "..", "..", "jobs", "cli", "conductor.mjs");

test("what is sold is a draft until two people of the operating tenant have signed it", async ({
  browser,
  deployment,
}) => {
  expect(deployment.log()).toContain("Catalogue 1 is a draft");
  const founder = await signIn(deployment, "conductor_admin@operator.test", "operator");
  const email = `${fresh("market")}@example.test`;
  const mails = [...deployment.smtp.mails];
  await founder.ask("members.invite", { email, roles: ["conductor_admin"] });
  const link = new URL(linkIn(await deployment.smtp.nextTo(email, mails)));
  const approver = await signInByMail(deployment, email, "operator");
  await approver.ask("me/members.acceptInvitation", {
    invitationId: link.pathname.split("/").at(-1) ?? "",
    token: /[A-Za-z0-9_-]{43}/.exec(`${link.search}${link.hash}`)?.[0] ?? "",
  });

  const pageOf = async (caller: typeof founder) => {
    const context = await browser.newContext({ baseURL: deployment.url });
    await enterAs(context, deployment.url, caller);
    const page = await context.newPage();
    await open(page, "/t/operator/pricing");
    return page;
  };
  const first = await pageOf(founder);
  await expect(first.getByRole("heading", { name: "Catalogue 1: a draft" })).toBeVisible();
  await first.getByRole("button", { name: "Sign: As a founder" }).click();
  await expect(first.getByText("You have signed. The other signature is somebody else's.")).toBeVisible();
  await expect(first.getByRole("button", { name: /^Sign:/ })).toHaveCount(0);

  // Outside of a sandbox nothing is sold by one signature; nobody is asked before that is known.
  const { STRIPE_API_BASE: _sandbox, ...environment } = process.env;
  const { status, stderr } = spawnSync(process.execPath, [conductor, "stripe", "apply"], {
    encoding: "utf8",
    env: {
      ...{ ...environment, CONDUCTOR_HOME: deployment.home, CONDUCTOR_MODE: "local" },
      ...{ STRIPE_SECRET_KEY: `sk_test_${"x".repeat(24)}`, STRIPE_WEBHOOK_SECRET: `whsec_${"x".repeat(32)}` },
    },
  });
  expect([status, stderr]).toEqual([1, expect.stringContaining("is not signed for go-to-market")]);

  const second = await pageOf(approver);
  await second.getByRole("button", { name: "Sign: For go-to-market" }).click();
  await expect(second.getByRole("heading", { name: "Catalogue 1: signed" })).toBeVisible();
  await first.context().close();
  await second.context().close();
});
