import { z } from "zod";
import { ERROR_STATUS } from "@/server/kernel/errors";
import type { Endpoint } from "./endpoint";
import { ENDPOINTS } from "./endpoints";

const schemaOf = (schema: z.ZodType, io: "input" | "output") =>
  z.toJSONSchema(schema, { io, target: "openapi-3.0", unrepresentable: "any" });

const json = (schema: object) => ({ "application/json": { schema } });

const errorSchema = {
  type: "object",
  required: ["error"],
  properties: {
    error: {
      type: "object",
      required: ["code", "message", "requestId", "details"],
      properties: {
        code: { type: "string", enum: Object.keys(ERROR_STATUS) },
        message: { type: "string" },
        requestId: { type: "string", description: "Quote it when you ask for help." },
        details: { type: "object" },
      },
    },
  },
};

function parametersOf({ pathSchema, querySchema, takesIdempotencyKey }: Endpoint): object[] {
  const ofPart = (where: "path" | "query", schema: z.ZodObject) => {
    const { properties = {}, required = [] } = schemaOf(schema, "input");
    return Object.entries(properties).map(([name, property]) => ({
      ...{ name, in: where, required: where === "path" || required.includes(name), schema: property },
    }));
  };
  const key = {
    ...{ name: "Idempotency-Key", in: "header", required: false, schema: { type: "string", maxLength: 200 } },
    description: "The same key does it once, however often it is sent; with another body it is refused (409).",
  };
  const header = takesIdempotencyKey === true ? [key] : [];
  return [...ofPart("path", pathSchema), ...ofPart("query", querySchema), ...header];
}

function operationOf(endpoint: Endpoint): object {
  const { name, summary, method, bodySchema, answerSchema, statuses = { 200: "What was asked for." } } = endpoint;
  const answers = Object.entries(statuses).map(([status, description]) => [
    status,
    { description, content: json(schemaOf(answerSchema, "output")) },
  ]);
  return {
    ...{ operationId: name, summary, parameters: parametersOf(endpoint) },
    ...(method === "POST" ? { requestBody: { required: true, content: json(schemaOf(bodySchema, "input")) } } : {}),
    responses: Object.fromEntries([
      ...answers,
      ["default", { description: "A refusal.", content: json({ $ref: "#/components/schemas/Error" }) }],
    ]) as object,
  };
}

/** The OpenAPI document of the public HTTP API, made of the schemas that its endpoints parse with. */
export function openApiDocument(publicUrl: string, version: string): object {
  const paths = Map.groupBy(ENDPOINTS, ({ path }) => path);
  return {
    openapi: "3.0.3",
    info: {
      ...{ title: "Maestro Conductor", version },
      description: "Start workflows, send events, and read what became of them, as a tenant's API key.",
    },
    servers: [{ url: `${publicUrl}/api/v1` }],
    security: [{ apiKey: [] }],
    paths: Object.fromEntries(
      [...paths].map(([path, endpoints]) => [
        path,
        Object.fromEntries(endpoints.map((endpoint) => [endpoint.method.toLowerCase(), operationOf(endpoint)])),
      ]),
    ) as object,
    components: {
      schemas: { Error: errorSchema },
      securitySchemes: { apiKey: { type: "http", scheme: "bearer", description: "A tenant's API key (ck_…)." } },
    },
  };
}
