import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import type { Operation } from "./schema";

/** One request that a method of the SDK can send. */
export interface FoundOperation {
  method: Operation["method"];
  path: string;
  /** Of the declarations that type it. */
  declaredIn: string;
  className: string;
  methodName: string;
}

/** Every request of the SDK's resources, as their code names method and path. */
export function findOperations(sdk: string): FoundOperation[] {
  const folder = path.join(sdk, "esm", "resources");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".js"));
  return files.sort().flatMap((name) => operationsOf(path.join(folder, name)));
}

function operationsOf(file: string): FoundOperation[] {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022);
  const declaredIn = file.replace(/\.js$/, ".d.ts");
  return source.statements.filter(ts.isClassDeclaration).flatMap((node) =>
    node.members.filter(ts.isMethodDeclaration).flatMap((member) =>
      requestsIn(member).map((request) => {
        const names = { className: node.name?.text ?? "", methodName: nameOf(member.name) };
        return { ...request, declaredIn, ...names };
      }),
    ),
  );
}

function nameOf(name: ts.PropertyName): string {
  return ts.isIdentifier(name) ? name.text : "";
}

function requestsIn(method: ts.Node): Pick<FoundOperation, "method" | "path">[] {
  const found: Pick<FoundOperation, "method" | "path">[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
      const [verb, route] = node.arguments;
      const at = node.expression.name.text === "_makeRequest" && route !== undefined ? pathOf(route) : null;
      if (at !== null && verb !== undefined && ts.isStringLiteral(verb)) {
        found.push({ method: verb.text as Operation["method"], path: at });
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(method);
  return found;
}

/** Null when the address is computed: one v2 helper follows the link of an event. */
function pathOf(node: ts.Expression): string | null {
  if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return null;
  return (
    node.head.text + node.templateSpans.map((span) => `{${argumentOf(span.expression)}}${span.literal.text}`).join("")
  );
}

/** `encodeURIComponent(id)` is the argument `id`. */
function argumentOf(node: ts.Expression): string {
  const inner = ts.isCallExpression(node) ? node.arguments[0] : node;
  return inner !== undefined && ts.isIdentifier(inner) ? inner.text : "argument";
}
