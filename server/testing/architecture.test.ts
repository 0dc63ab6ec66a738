import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { whyForbidden, whyPackageForbidden } from "./import-table";

const root = path.resolve(import.meta.dirname, "..", "..");
const git = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard", "*.ts", "*.tsx"], {
  cwd: root,
});
const files = git
  .toString()
  .split("\n")
  // The benchmark's bare page is a program of its own.
  .filter((file) => file !== "" && !file.startsWith("e2e/load/bare-page/") && existsSync(path.join(root, file)));

const IMPORT = /(?:^|\n)\s*(?:import|export)\s[^;]*?from\s+"([^"]+)"|import\("([^"]+)"\)/g;

function resolve(from: string, specifier: string): string | null {
  if (!specifier.startsWith("@/") && !specifier.startsWith(".")) return null;
  const base = specifier.startsWith("@/") ? specifier.slice(2) : path.posix.join(path.posix.dirname(from), specifier);
  const candidates = [base, `${base}.ts`, `${base}.tsx`, `${base}/index.ts`];
  return (
    candidates.find((file) => existsSync(path.join(root, file)) && statSync(path.join(root, file)).isFile()) ?? base
  );
}

const imports = files.flatMap((from) =>
  [...readFileSync(path.join(root, from), "utf8").matchAll(IMPORT)].map(([, fixed, dynamic]) => {
    const specifier = fixed ?? dynamic ?? "";
    return { from, specifier, to: resolve(from, specifier) };
  }),
);

describe("the import table", () => {
  it("holds for every import of the tree", () => {
    const broken = imports.flatMap(({ from, specifier, to }) => {
      const why = to === null ? whyPackageForbidden(from, specifier) : whyForbidden(from, to);
      return why === null ? [] : [`${from}: ${why}`];
    });
    expect(broken).toEqual([]);
    expect(imports.length).toBeGreaterThan(500);
  });

  it.each([
    ["server/kernel/ids.ts", "db/client.ts"],
    ["server/workflows/domain/graph.ts", "db/schema/index.ts"],
    ["policies/access/decide.ts", "server/platform/env.ts"],
    ["db/client.ts", "server/runs/index.ts"],
    ["server/workflows/publish-version.ts", "server/runs/start-run.ts"],
    ["server/workflows/router.ts", "db/tenancy.ts"],
    ["server/members/invite-member.ts", "jobs/members/send-invitation.ts"],
    ["emails/members/invitation.tsx", "server/members/index.ts"],
    ["jobs/runs/execute-run.ts", "db/tenancy.ts"],
    ["app/t/[tenant]/runs/page.tsx", "db/schema/index.ts"],
    ["app/t/[tenant]/runs/page.tsx", "server/runs/index.ts"],
  ])("forbids %s to import %s", (from, to) => {
    expect(whyForbidden(from, to)).toContain("may not import");
  });

  it.each([
    ["server/kernel/ids.ts", "pg"],
    ["policies/access/decide.ts", "drizzle-orm"],
    ["server/runs/start-run.ts", "next/headers"],
    ["app/page.tsx", "drizzle-orm"],
    ["server/runs/start-run.ts", "inngest"],
  ])("forbids %s the package %s", (from, specifier) => {
    expect(whyPackageForbidden(from, specifier)).not.toBeNull();
  });
});

describe("the tree", () => {
  it("has no import cycle among its files", () => {
    const graph = new Map<string, string[]>();
    for (const { from, to } of imports) if (to !== null) graph.set(from, [...(graph.get(from) ?? []), to]);
    const done = new Set<string>();
    const cycles: string[] = [];
    const visit = (file: string, trail: string[]): void => {
      if (trail.includes(file)) cycles.push([...trail.slice(trail.indexOf(file)), file].join(" → "));
      if (trail.includes(file) || done.has(file)) return;
      for (const next of graph.get(file) ?? []) visit(next, [...trail, file]);
      done.add(file);
    };
    for (const file of graph.keys()) visit(file, []);
    expect(cycles).toEqual([]);
  });

  // Each costs every answer below it (ADR 13).
  it("has error pages where a frame begins, not-found pages of the browser's, and a layout in each route group", () => {
    const app = files.filter((file) => file.startsWith("app/"));
    const at = (name: string) => app.filter((file) => file.endsWith(`/${name}`)).map((file) => path.dirname(file));
    const frames = new Set(at("layout.tsx"));
    expect(at("error.tsx").filter((folder) => !frames.has(folder))).toEqual([]);
    const groups = app.flatMap((file) => /^.*\/\([^/]+\)(?=\/)/.exec(file)?.[0] ?? []);
    expect(groups.filter((folder) => !frames.has(folder))).toEqual([]);
    for (const folder of at("not-found.tsx"))
      expect(readFileSync(path.join(root, folder, "not-found.tsx"), "utf8")).toMatch(/^"use client";/);
  });

  it("has no folder whose name says that nobody decided", () => {
    const vague = /(^|\/)(lib|utils|helpers|common|misc|types|scripts)\//;
    expect(files.filter((file) => vague.test(file))).toEqual([]);
  });

  // Whatever a page reads can fail, and only these two lead its reader to the sign-in page or to a page that names the request.
  it("reads what a page shows through `load` or `attempt`", () => {
    const bare =
      /(?<!\b(?:load|attempt)\(\s*(?:unlessSilent\(\s*)?)\b(?:reader\(\)|readersTenants\(\)|api\.\w+\.\w+\()/;
    // A route handler draws no page: it answers a refusal with a status of its own.
    const elsewhere = /^app\/_trpc\/|\/route\.ts$/;
    const pages = files.filter((file) => file.startsWith("app/") && !elsewhere.test(file));
    expect(pages.filter((file) => bare.test(readFileSync(path.join(root, file), "utf8")))).toEqual([]);
  });

  it("reads process.env in one place", () => {
    // next-auth reads two variables of its own; server/auth/next-auth.ts sets them from our configuration, and says so.
    const outermost =
      /^(server\/platform\/env\.ts|server\/auth\/next-auth\.ts|jobs\/cli\/|e2e\/|.*\.config\.ts|instrumentation\.ts)|\/testing\/|\.test\.tsx?$/;
    const readers = files.filter((file) =>
      /process\.env\.(?!NODE_ENV\b)|process\.env\b(?!\.)/.test(readFileSync(path.join(root, file), "utf8")),
    );
    expect(readers.filter((file) => !outermost.test(file))).toEqual([]);
  });
});
