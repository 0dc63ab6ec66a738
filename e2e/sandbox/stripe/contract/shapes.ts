import path from "node:path";
import ts from "typescript";
import type { Schema } from "./schema";

/** Stripe writes decimals as strings. */
const DECIMAL: Schema = { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" };
const ANYTHING: Schema = {};
/** What a file is sent as has no shape in JSON. */
const OPAQUE = new Set(["FileData", "Uint8Array", "Buffer"]);

/** Turns types of the SDK's declarations into schemas; named ones are kept once, in `definitions`. */
export class Shapes {
  readonly definitions: Record<string, Schema> = {};

  constructor(
    private readonly checker: ts.TypeChecker,
    private readonly folder: string,
  ) {}

  of(type: ts.Type): Schema {
    if (type.aliasSymbol?.name === "Decimal") return DECIMAL;
    if (type.isUnion()) return this.ofUnion(type);
    if (type.isStringLiteral()) return { type: "string", enum: [type.value] };
    if (type.isNumberLiteral()) return { type: "number", enum: [type.value] };
    const { flags } = type;
    if (flags & ts.TypeFlags.BooleanLiteral) {
      return { type: "boolean", enum: [this.checker.typeToString(type) === "true"] };
    }
    if (flags & ts.TypeFlags.String || isOtherString(type)) return { type: "string" };
    if (flags & ts.TypeFlags.Number) return { type: "number" };
    // Version 2 of the API writes 64-bit integers as strings.
    if (flags & ts.TypeFlags.BigInt) return { type: "string", pattern: "^-?\\d+$" };
    if (flags & ts.TypeFlags.Null) return { type: "null" };
    if (flags & (ts.TypeFlags.Any | ts.TypeFlags.Unknown)) return ANYTHING;
    return this.ofObject(type);
  }

  /** Enums are closed: the SDK leaves them open for values to come, and the sandbox knows no such value. */
  private ofUnion(type: ts.UnionType): Schema {
    const members = type.types.filter((member) => !isAbsent(member));
    const words = members.filter((member) => member.isStringLiteral());
    const rest = members.filter((member) => !member.isStringLiteral() && !(words.length > 0 && isOtherString(member)));
    const booleans = rest.filter((member) => member.flags & ts.TypeFlags.BooleanLiteral);
    const others = booleans.length === 2 ? rest.filter((member) => !booleans.includes(member)) : rest;
    const alternatives = [
      ...(words.length > 0 ? [{ type: "string" as const, enum: words.map(({ value }) => value) }] : []),
      ...(booleans.length === 2 ? [{ type: "boolean" as const }] : []),
      ...others.map((member) => this.of(member)),
    ];
    const [only] = alternatives;
    return alternatives.length === 1 && only !== undefined ? only : { anyOf: alternatives };
  }

  private ofObject(type: ts.Type): Schema {
    const symbol = type.getSymbol();
    if (symbol !== undefined && OPAQUE.has(symbol.name)) return ANYTHING;
    if (this.checker.isArrayType(type)) {
      const [item] = this.checker.getTypeArguments(type as ts.TypeReference);
      return { type: "array", items: item === undefined ? ANYTHING : this.of(item) };
    }
    const name = symbol === undefined ? null : this.nameOf(type, symbol);
    if (name === null) return this.membersOf(type);
    if (!(name in this.definitions)) {
      // Shapes hold one another in circles, so the name is taken before the members are read.
      this.definitions[name] = ANYTHING;
      this.definitions[name] = this.membersOf(type);
    }
    return { $ref: name };
  }

  /** Null for a shape without a name of its own, and for one instance of a generic shape. */
  private nameOf(type: ts.Type, symbol: ts.Symbol): string | null {
    const isGeneric = (type as Partial<ts.TypeReference>).typeArguments !== undefined;
    if (!(symbol.flags & ts.SymbolFlags.Interface) || isGeneric) return null;
    const file = symbol.declarations?.[0]?.getSourceFile().fileName ?? "";
    const name = this.checker.getFullyQualifiedName(symbol).replace(/^".*"\./, "");
    return `${path.relative(this.folder, file).replace(/\.d\.ts$/, "")}#${name}`;
  }

  private membersOf(type: ts.Type): Schema {
    const properties: Record<string, Schema> = {};
    const required: string[] = [];
    for (const symbol of this.checker.getPropertiesOfType(type)) {
      const member = this.checker.getTypeOfSymbol(symbol);
      // `deleted?: void` says that a living object has no such field; methods are the SDK's own.
      const isMethod = member.getCallSignatures().length > 0;
      if (isMethod || !withoutAbsent(member).some((part) => !isAbsent(part))) continue;
      properties[symbol.name] = this.of(member);
      if (!(symbol.flags & ts.SymbolFlags.Optional)) required.push(symbol.name);
    }
    const index = this.checker.getIndexInfoOfType(type, ts.IndexKind.String);
    return {
      ...{ type: "object", properties, required },
      additionalProperties: index === undefined ? false : this.of(index.type),
    };
  }
}

function withoutAbsent(type: ts.Type): ts.Type[] {
  return type.isUnion() ? type.types : [type];
}

function isAbsent(type: ts.Type): boolean {
  return Boolean(type.flags & (ts.TypeFlags.Undefined | ts.TypeFlags.Void));
}

/** `string & Record<never, never>`: the SDK's word for a value that it does not know yet. */
function isOtherString(type: ts.Type): boolean {
  return type.isIntersection() && type.types.some((part) => part.flags & ts.TypeFlags.String);
}
