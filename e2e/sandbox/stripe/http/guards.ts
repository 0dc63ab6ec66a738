import { coerce } from "../contract/coerce";
import type { Contract, Operation, Schema } from "../contract/schema";
import { findProblem, type Problem, resolve } from "../contract/validate";
import { ApiError, invalid } from "./errors";
import type { FormNode } from "./form";

/** The parameters of a request as the operation types them; refuses any that it does not know or that is ill-typed. */
export function guardRequest(contract: Contract, operation: Operation, form: FormNode): unknown {
  const params = coerce(operation.params, form, contract.definitions);
  return guardBody(contract, operation, params);
}

/** The same for a body in JSON, which is typed already. */
export function guardBody(contract: Contract, operation: Operation, params: unknown): unknown {
  const problem = findProblem(operation.params, params, contract.definitions);
  if (problem !== null) throw refusalOf(problem, contract);
  return params;
}

/** Refuses to send what the operation does not answer: a mistake of the sandbox, never of the caller. */
export function guardResponse(contract: Contract, operation: Operation, body: unknown): void {
  const problem = findProblem(operation.response, body, contract.definitions);
  if (problem !== null) throw brokenContract(operation, problem);
}

function brokenContract({ method, path }: Operation, problem: Problem): ApiError {
  const where = `${problem.kind} at ${problem.path.join(".")}`;
  const message = `The local billing sandbox would break the contract of ${method} ${path}: ${where}`;
  return new ApiError(500, message, { type: "api_error" });
}

/** `a[b][c]`, as a form names it. */
function formName([head = "", ...rest]: readonly string[]): string {
  return head + rest.map((part) => `[${part}]`).join("");
}

function refusalOf(problem: Problem, contract: Contract): ApiError {
  const param = formName(problem.path);
  if (problem.kind === "unknown") return invalid(`Received unknown parameter: ${param}`, param, "parameter_unknown");
  if (problem.kind === "missing") return invalid(`Missing required param: ${param}.`, param, "parameter_missing");
  const given = typeof problem.value === "string" ? problem.value : JSON.stringify(problem.value);
  const words = problem.schema.enum;
  if (words !== undefined)
    return invalid(`Invalid ${param}: must be one of ${words.filter((word) => word !== "").join(", ")}`, param);
  if (problem.value === "") {
    return invalid(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`,
      param,
      "parameter_invalid_empty",
    );
  }
  const type = wantedType(problem.schema, contract);
  const code = { number: "parameter_invalid_integer", string: "parameter_invalid_string" }[type];
  return invalid(`Invalid ${WORDS[type] ?? type}: ${given}`, param, code);
}

const WORDS: Readonly<Record<string, string>> = { number: "integer", object: "object", array: "array", null: "value" };

function wantedType(schema: Schema, contract: Contract): string {
  const at = resolve(schema, contract.definitions);
  const [first] = at.anyOf ?? [];
  return first === undefined ? (at.type ?? "value") : wantedType(first, contract);
}
