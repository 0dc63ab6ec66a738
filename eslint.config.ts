import { existsSync } from "node:fs";
import path from "node:path";
import type { Rule } from "eslint";
import { type Config, defineConfig } from "eslint/config";
import tseslint from "typescript-eslint";
import { whyForbidden, whyPackageForbidden } from "./server/testing/import-table";

const root = import.meta.dirname;

/** A path from the root for an import of our own code, or null for a package; a folder stands for its index. */
function ownTarget(file: string, specifier: string): string | null {
  const isAlias = specifier.startsWith("@/");
  if (!isAlias && !specifier.startsWith(".")) return null;
  const target = isAlias ? specifier.slice(2) : path.posix.join(path.posix.dirname(file), specifier);
  return existsSync(path.join(root, target, "index.ts")) ? `${target}/index` : target;
}

const importTable: Rule.RuleModule = {
  meta: { type: "problem", schema: [] },
  create(context) {
    const file = path.relative(root, context.filename).replaceAll("\\", "/");
    const check = (node: Rule.Node, specifier: unknown) => {
      if (typeof specifier !== "string") return;
      const target = ownTarget(file, specifier);
      const why = target === null ? whyPackageForbidden(file, specifier) : whyForbidden(file, target);
      if (why !== null) context.report({ node, message: why });
    };
    return {
      ImportDeclaration: (node) => check(node, node.source.value),
      ExportNamedDeclaration: (node) => check(node, node.source?.value),
      ExportAllDeclaration: (node) => check(node, node.source.value),
      ImportExpression: (node) => check(node, (node.source as { value?: unknown }).value),
    };
  },
};

/** Rules are told the time and take no chances of their own. */
const pure: Config = {
  files: ["server/*/domain/**/*.ts", "policies/**/*.ts"],
  ignores: ["**/*.test.ts"],
  rules: {
    "no-restricted-globals": ["error", "process", "fetch", "setTimeout", "setInterval"],
    "no-restricted-properties": [
      "error",
      { object: "Date", property: "now", message: "Take the time as an argument." },
      { object: "Math", property: "random", message: "Take chance as an argument." },
    ],
    "no-restricted-syntax": [
      "error",
      { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: "Take the time as an argument." },
    ],
  },
};

export default defineConfig(
  {
    ignores: [
      ".next/**",
      ".conductor/**",
      "coverage/**",
      "node_modules/**",
      "e2e/node_modules/**",
      "e2e/unleash/node_modules/**",
      "e2e/load/bare-page/**",
      "next-env.d.ts",
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: root } },
    linterOptions: { reportUnusedDisableDirectives: "error" },
    plugins: { conductor: { rules: { "import-table": importTable } } },
    rules: {
      "conductor/import-table": "error",
      "no-console": "error",
      // A column or schema maker is told the type that its caller means.
      "@typescript-eslint/no-unnecessary-type-parameters": "off",
      "max-lines": ["error", { max: 400, skipBlankLines: true, skipComments: true }],
      "@typescript-eslint/consistent-type-imports": ["error", { fixStyle: "inline-type-imports" }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_", varsIgnorePattern: "^_" }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      // `Promise.withResolvers<void>()` is a generic argument too.
      "@typescript-eslint/no-invalid-void-type": "off",
      // An async function without await keeps the shape that its contract asks for.
      "@typescript-eslint/require-await": "off",
      "no-restricted-properties": [
        "error",
        { object: "process", property: "env", message: "Configuration is read in server/platform/env.ts only." },
      ],
    },
  },
  pure,
  {
    // The outermost layer completes the environment before anything reads it.
    files: ["server/platform/env.ts", "jobs/cli/**", "**/*.config.ts", "e2e/**", "**/testing/**", "instrumentation.ts"],
    rules: { "no-restricted-properties": "off" },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
);
