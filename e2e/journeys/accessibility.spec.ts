import AxeBuilder from "@axe-core/playwright";
import { expect, test } from "../fixtures/test";

const PAGES = [
  "/t/acme/switchboard",
  "/t/acme/workflows",
  "/t/acme/workflows/new",
  "/t/acme/runs",
  "/t/acme/receipts",
  "/t/acme/members",
  "/t/acme/api-keys",
  "/t/acme/settings",
  "/tenants",
  "/account",
  "/t/acme/no-such-page",
];

for (const colorScheme of ["light", "dark"] as const)
  for (const width of [1440, 390])
    test(`no page has a serious accessibility fault at ${width} pixels, ${colorScheme}`, async ({
      browser,
      deployment,
    }) => {
      test.setTimeout(120_000);
      const context = await browser.newContext({
        baseURL: deployment.url,
        colorScheme,
        viewport: { width, height: 900 },
      });
      const signedOut = await context.newPage();
      await signedOut.goto("/sign-in");
      const found: string[] = [];
      const look = async (where: string) => {
        const { violations } = await new AxeBuilder({ page: signedOut }).analyze();
        found.push(
          ...violations
            .filter(({ impact }) => impact === "serious" || impact === "critical")
            .map(({ id, nodes }) => `${where}: ${id} at ${nodes.map(({ target }) => target.join(" ")).join(", ")}`),
        );
        // What is wider than the screen makes a phone scroll sideways.
        const overflow = await signedOut.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
        if (overflow > 0) found.push(`${where}: ${overflow} pixels wider than the screen`);
      };
      await look("/sign-in");
      const answer = await context.request.post("/api/demo/sign-in", {
        data: { email: "tenant_admin@acme.test" },
        headers: { origin: deployment.url },
      });
      expect(answer.ok()).toBe(true);
      for (const path of PAGES) {
        await signedOut.goto(path);
        await expect(signedOut.getByRole("heading", { level: 1 })).toBeVisible();
        await look(path);
      }
      await context.close();
      expect(found).toEqual([]);
    });
