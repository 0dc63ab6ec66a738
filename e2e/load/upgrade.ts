import { type Browser, chromium } from "playwright";
import { type Buyer, choosePro, fillPayment, newBuyer, operate } from "../fixtures/buyer";
import { launchOptions } from "../fixtures/chromium";
import { type Deployment, startDeployment } from "../fixtures/deployment";

/** Within so long a purchase opens what was bought, or something is broken. */
const GIVE_UP_MS = 60_000;
const LOOK_EVERY_MS = 20;
const CARD = "4242424242424242";

interface Features {
  feature: string;
  closed: string | null;
}

/** Milliseconds from the click that pays until the gate lets the tenant use what it bought. */
async function untilOpen({ caller, page }: Buyer): Promise<number> {
  const clicked = performance.now();
  await page.getByRole("button", { name: /subscribe/i }).click({ noWaitAfter: true });
  for (;;) {
    const features = await caller.ask<Features[]>("billing.features");
    const took = performance.now() - clicked;
    if (features.some(({ feature, closed }) => feature === "custom-adapters" && closed === null)) return took;
    if (took > GIVE_UP_MS) throw new Error("what was bought was not opened within a minute");
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

interface Path {
  deployment: Deployment;
  browser: Browser;
  /** Whether the way back to the product is cut off, so that the webhook alone tells of the purchase. */
  isCutOff: boolean;
}

async function buy({ deployment, browser, isCutOff }: Path): Promise<number> {
  const buyer = await newBuyer(browser, deployment);
  try {
    if (isCutOff) await buyer.page.route("**/billing/done**", (route) => route.abort());
    await choosePro(buyer);
    await fillPayment(buyer.page, CARD);
    return await untilOpen(buyer);
  } finally {
    await buyer.page.context().close();
  }
}

/**
 * Buys `count` times on each of the two paths, in a browser at the local billing sandbox: by the way back with webhooks held, and by
 * the webhook with the way back cut off. Milliseconds from the click that pays to the gate that opens.
 */
export async function measureUpgrades(count: number): Promise<{ byReturn: number[]; byWebhook: number[] }> {
  const deployment = await startDeployment();
  const browser = await chromium.launch(launchOptions);
  try {
    const byWebhook: number[] = [];
    for (let nth = 0; nth < count; nth += 1) byWebhook.push(await buy({ deployment, browser, isCutOff: true }));
    const desk = await browser.newPage();
    await operate(desk, deployment, "Hold new ones back");
    const byReturn: number[] = [];
    for (let nth = 0; nth < count; nth += 1) byReturn.push(await buy({ deployment, browser, isCutOff: false }));
    return { byReturn, byWebhook };
  } finally {
    await browser.close();
    await deployment.stop();
  }
}
