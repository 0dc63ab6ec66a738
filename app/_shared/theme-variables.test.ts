import { format } from "prettier";
import { expect, it } from "vitest";
import { themeVariables } from "./theme-variables";

it("the style sheet of the theme is what Mantine makes of the theme (vitest -u writes it anew)", async () => {
  const text = `/* Written by theme-variables.test.ts from theme.ts. */\n${themeVariables()}`;
  await expect(await format(text, { parser: "css", printWidth: 120 })).toMatchFileSnapshot("theme-variables.css");
});
