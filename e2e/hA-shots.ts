import { mkdirSync } from "node:fs";
import { chromium } from "playwright";
import { launchOptions } from "./fixtures/chromium";
import { startDeployment } from "./fixtures/deployment";
import { open, enterAs } from "./fixtures/page";
import { choosePro, newBuyer, operate, payWith } from "./fixtures/buyer";
const OUT = "/srv/w/shots/A"; mkdirSync(OUT, { recursive: true });
const deployment = await startDeployment();
const browser = await chromium.launch(launchOptions);
try {
  const b = await newBuyer(browser, deployment);
  const { page, slug } = b;
  const shoot = async (name: string, address: string | null, act?: (p: typeof page) => Promise<void>) => {
    for (const colorScheme of ["light", "dark"] as const) for (const width of [1440, 390]) {
      const context = await browser.newContext({ baseURL: deployment.url, colorScheme, viewport: { width, height: 900 } });
      await context.addCookies(await page.context().cookies());
      const p = await context.newPage();
      await open(p, address ?? "/");
      if (act) await act(p);
      await p.waitForLoadState("networkidle");
      const wide = await p.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
      if (wide) console.log("HORIZONTAL SCROLL", name, width);
      await p.screenshot({ path: `${OUT}/${name}-${width}-${colorScheme}.png`, fullPage: true });
      await context.close();
    }
    console.log("shot", name);
  };
  const at = (s: string) => `/t/${slug}/billing${s}`;
  await shoot("trial-switchboard", `/t/${slug}/switchboard`);
  await shoot("trial", at(""));
  await shoot("change-none", at("/change"));
  await shoot("invoices-empty", at("/invoices"));
  await choosePro(b); await payWith(page, "4242424242424242");
  await page.getByText("The plan is in force").waitFor();
  await shoot("plan", at(""));
  await shoot("invoices", at("/invoices"));
  const seats = async (p: typeof page) => { await p.getByRole("radio", { name: /Enterprise/ }).check(); await p.getByRole("button", { name: "See what changes" }).click(); await p.getByRole("button", { name: /^Change it now/ }).waitFor(); };
  await shoot("change-up", at("/change"), seats);
  const down = async (p: typeof page) => { await p.getByRole("radio", { name: /Standard/ }).check(); await p.getByRole("button", { name: "See what changes" }).click(); await p.getByRole("button", { name: /renewal/ }).waitFor(); };
  await shoot("change-down", at("/change"), down);
  const mixed = async (p: typeof page) => { await p.getByRole("checkbox", { name: /Incident/ }).uncheck(); await p.getByRole("checkbox", { name: /Compliance/ }).check(); await p.getByRole("button", { name: "See what changes" }).click(); await p.getByText("Not yet possible").waitFor(); };
  await shoot("change-refused", at("/change"), mixed);
  await open(page, at("/change")); await down(page); await page.getByRole("button", { name: /renewal/ }).click();
  await page.getByText("The plan changes at the renewal").waitFor();
  await shoot("scheduled", at(""));
  await page.getByRole("button", { name: "Keep the plan as it is" }).click();
  await page.getByText("The plan changes at the renewal").waitFor({ state: "detached" });
  await shoot("cancel", at("/cancel"));
  await open(page, at("/cancel")); await page.getByRole("button", { name: "Cancel the plan" }).click();
  await page.getByRole("button", { name: "Take the cancellation back" }).waitFor();
  await shoot("cancelled", at(""));
  await page.getByRole("button", { name: "Take the cancellation back" }).click();
  await page.getByRole("link", { name: "Change plan" }).waitFor();
  // Another buyer whose renewal fails.
  const c = await newBuyer(browser, deployment);
  await choosePro(c); await payWith(c.page, "4000002760003184");
  await c.page.getByRole("button", { name: "Approve" }).click();
  await c.page.getByText("The plan is in force").waitFor();
  await operate(c.page, deployment, "One month on"); await operate(c.page, deployment, "One day on");
  const due = async () => ((await c.caller.ask<any>("billing.plan")).plan?.status) === "past_due";
  for (let i = 0; i < 60 && !(await due()); i += 1) await new Promise((r) => setTimeout(r, 500));
  const shootC = async (name: string, address: string) => { for (const colorScheme of ["light","dark"] as const) for (const width of [1440,390]) {
      const context = await browser.newContext({ baseURL: deployment.url, colorScheme, viewport: { width, height: 900 } });
      await context.addCookies(await c.page.context().cookies());
      const p = await context.newPage(); await open(p, address); await p.waitForLoadState("networkidle");
      if (await p.evaluate(() => document.documentElement.scrollWidth > window.innerWidth)) console.log("HORIZONTAL SCROLL", name, width);
      await p.screenshot({ path: `${OUT}/${name}-${width}-${colorScheme}.png`, fullPage: true }); await context.close(); } console.log("shot", name); };
  await shootC("past-due", `/t/${c.slug}/billing`);
  await shootC("past-due-invoices", `/t/${c.slug}/billing/invoices`);
  await shootC("past-due-switchboard", `/t/${c.slug}/switchboard`);
  console.log((await deployment.smtp as any).constructor?.name);
} finally { await browser.close(); await deployment.stop(); }
process.exit(0);
