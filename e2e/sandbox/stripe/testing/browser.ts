import { type Browser, chromium, type Page } from "playwright";
import { launchOptions } from "@/e2e/fixtures/chromium";

export interface TestBrowser {
  /** A page of its own, without scripts: the sandbox's pages need none. */
  page: () => Promise<Page>;
  stop: () => Promise<void>;
}

/** The system's Chromium for the sandbox's pages. */
export async function startTestBrowser(): Promise<TestBrowser> {
  const browser: Browser = await chromium.launch(launchOptions);
  const page = async () => {
    const made = await (await browser.newContext({ javaScriptEnabled: false })).newPage();
    made.setDefaultTimeout(30_000);
    return made;
  };
  return { page, stop: () => browser.close() };
}

/** Writes a test card into the fields of a page. */
export async function fillCard(page: Page, number: string): Promise<void> {
  await page.getByLabel("Card number").fill(number);
  await page.getByLabel("Expiry (MM/YY)").fill("12/30");
  await page.getByLabel("Security code").fill("123");
}
