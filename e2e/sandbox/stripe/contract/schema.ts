/** The part of JSON Schema (draft 2020-12) that the contract uses. */
export interface Schema {
  $ref?: string;
  type?: "string" | "number" | "boolean" | "null" | "array" | "object";
  enum?: readonly (string | number | boolean)[];
  pattern?: string;
  properties?: Readonly<Record<string, Schema>>;
  required?: readonly string[];
  additionalProperties?: false | Schema;
  items?: Schema;
  anyOf?: readonly Schema[];
}

export interface Operation {
  method: "GET" | "POST" | "DELETE";
  /** With each argument in braces: `/v1/customers/{id}`. */
  path: string;
  params: Schema;
  response: Schema;
}

/** What the SDK says of the API: every operation, and the named shapes that they share. */
export interface Contract {
  pin: ContractPin;
  operations: readonly Operation[];
  definitions: Readonly<Record<string, Schema>>;
}

/** What a contract was read from: another value of any of them is another contract. */
export interface ContractPin {
  openApiVersion: string;
  apiVersion: string;
  packageIntegrity: string;
  /** Of the generator itself. */
  generator: number;
}
