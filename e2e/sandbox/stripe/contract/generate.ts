import path from "node:path";
import ts from "typescript";
import { type FoundOperation, findOperations } from "./operations";
import { contractPin, sdkFolder } from "./pin";
import type { Contract, Operation, Schema } from "./schema";
import { Shapes } from "./shapes";

const NO_PARAMS: Schema = { type: "object", properties: {}, required: [], additionalProperties: false };

/** Reads the contract out of the installed SDK: methods and paths from its code, shapes from its declarations. */
export function generateContract(): Contract {
  const sdk = sdkFolder();
  const found = findOperations(sdk);
  const program = ts.createProgram([...new Set(found.map(({ declaredIn }) => declaredIn))], {
    ...{ strict: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, types: [] },
    moduleResolution: ts.ModuleResolutionKind.Bundler,
  });
  const checker = program.getTypeChecker();
  const shapes = new Shapes(checker, path.join(sdk, "esm"));
  const operations = new Map<string, Operation>();
  for (const each of found) {
    const key = `${each.method} ${each.path}`;
    if (!operations.has(key)) operations.set(key, operationOf(each, program, shapes));
  }
  return { pin: contractPin(sdk), operations: [...operations.values()], definitions: shapes.definitions };
}

function operationOf(found: FoundOperation, program: ts.Program, shapes: Shapes): Operation {
  const checker = program.getTypeChecker();
  const declarations = declarationsOf(found, program);
  const params = declarations
    .flatMap(({ parameters }) => [...parameters])
    .find(({ name, type }) => ts.isIdentifier(name) && name.text === "params" && type !== undefined);
  const answer = declarations[0]?.type;
  if (answer === undefined) throw new Error(`${found.className}.${found.methodName} declares no answer`);
  return {
    ...{ method: found.method, path: found.path },
    params: params?.type === undefined ? NO_PARAMS : shapes.of(checker.getTypeFromTypeNode(params.type)),
    response: responseOf(answer, checker, shapes),
  };
}

function declarationsOf(found: FoundOperation, program: ts.Program): ts.MethodDeclaration[] {
  const source = program.getSourceFile(found.declaredIn);
  const declared = source?.statements.find(
    (node): node is ts.ClassDeclaration => ts.isClassDeclaration(node) && node.name?.text === found.className,
  );
  const members = declared === undefined ? [] : [...declared.members];
  return members
    .filter((member) => ts.isMethodDeclaration(member))
    .filter(({ name }) => ts.isIdentifier(name) && name.text === found.methodName);
}

/** What is inside `Promise<Response<T>>`, or a page of T for `ApiListPromise<T>` and its like. */
function responseOf(node: ts.TypeNode, checker: ts.TypeChecker, shapes: Shapes): Schema {
  const outer = genericOf(node);
  if (outer === null) throw new Error(`unexpected answer: ${node.getText()}`);
  const of = (inner: ts.TypeNode) => shapes.of(checker.getTypeFromTypeNode(inner));
  if (outer.name === "Promise") {
    const response = genericOf(outer.argument);
    return of(response?.name === "Response" ? response.argument : outer.argument);
  }
  const page = PAGES[outer.name];
  if (page === undefined) throw new Error(`unexpected answer: ${node.getText()}`);
  return page(of(outer.argument));
}

function genericOf(node: ts.TypeNode): { name: string; argument: ts.TypeNode } | null {
  if (!ts.isTypeReferenceNode(node)) return null;
  const argument = node.typeArguments?.[0];
  return argument === undefined ? null : { name: node.typeName.getText(), argument };
}

const text: Schema = { type: "string" };
const textOrNull: Schema = { anyOf: [text, { type: "null" }] };

function pageOf(properties: Record<string, Schema>, optional: Record<string, Schema> = {}): Schema {
  return {
    ...{ type: "object", properties: { ...properties, ...optional } },
    ...{ required: Object.keys(properties), additionalProperties: false },
  };
}

const PAGES: Readonly<Record<string, (item: Schema) => Schema>> = {
  ApiListPromise: (item) =>
    pageOf({
      ...{ object: { type: "string", enum: ["list"] }, data: { type: "array", items: item } },
      ...{ has_more: { type: "boolean" }, url: text },
    }),
  ApiSearchResultPromise: (item) =>
    pageOf(
      {
        ...{ object: { type: "string", enum: ["search_result"] }, data: { type: "array", items: item } },
        ...{ has_more: { type: "boolean" }, url: text, next_page: textOrNull },
      },
      { total_count: { type: "number" } },
    ),
  V2ListPromise: (item) =>
    pageOf({ data: { type: "array", items: item }, next_page_url: textOrNull, previous_page_url: textOrNull }),
};
