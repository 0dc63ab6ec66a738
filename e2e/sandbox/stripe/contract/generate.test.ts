import { beforeAll, describe, expect, it } from "vitest";
import { ROUTES } from "../objects";
import { loadContract } from "./cache";
import { contractPin } from "./pin";
import type { Contract, Schema } from "./schema";

let contract: Contract;
beforeAll(async () => {
  contract = await loadContract();
});

const shape = (name: string): Schema => contract.definitions[name] ?? {};
const member = (name: string, field: string): Schema | undefined => shape(name).properties?.[field];

describe("the contract", () => {
  it("is pinned to what is installed", () => {
    expect(contract.pin).toEqual(contractPin());
    expect(contract.pin).toMatchObject({ openApiVersion: "v2596", apiVersion: "2026-10-28.endive" });
  });

  it("holds every request that the SDK can send", () => {
    expect(contract.operations).toHaveLength(650);
    expect(contract.operations.map(({ method, path }) => `${method} ${path}`)).toEqual(
      expect.arrayContaining([
        "POST /v1/checkout/sessions",
        "POST /v2/billing/meter_events",
        "DELETE /v1/customers/{id}",
      ]),
    );
  });

  it("knows every operation that the sandbox answers", () => {
    const known = new Set(contract.operations.map(({ method, path }) => `${method} ${path}`));
    expect(ROUTES.filter(({ operation }) => !known.has(operation))).toEqual([]);
    expect(new Set(ROUTES.map(({ operation }) => operation)).size).toBe(ROUTES.length);
  });

  it("defines every name that it uses, and leaves no named shape open", () => {
    const used = [...JSON.stringify(contract).matchAll(/"\$ref":"([^"]+)"/g)].map(([, name = ""]) => name);
    expect(used.filter((name) => !(name in contract.definitions))).toEqual([]);
    const open = Object.entries(contract.definitions).filter(([, schema]) => schema.additionalProperties === undefined);
    expect(open.map(([name]) => name)).toEqual([]);
  });

  it("closes enums that the SDK leaves open", () => {
    const words = member("resources/Subscriptions#Subscription", "status");
    expect(words).toMatchObject({ type: "string" });
    expect([...(words?.enum ?? [])].sort()).toEqual([
      "active",
      "canceled",
      "incomplete",
      "incomplete_expired",
      "past_due",
      "paused",
      "trialing",
      "unpaid",
    ]);
  });

  it("writes decimals as strings", () => {
    const decimal = { type: "string", pattern: "^-?\\d+(\\.\\d+)?$" };
    expect(member("resources/Prices#Price", "unit_amount_decimal")?.anyOf).toContainEqual(decimal);
  });

  it("lets an expandable field be an id or an object", () => {
    expect(member("resources/Prices#Price", "product")).toEqual({
      anyOf: [
        { type: "string" },
        { $ref: "resources/Products#Product" },
        { $ref: "resources/Products#DeletedProduct" },
      ],
    });
  });

  it("has no `deleted` on what lives", () => {
    expect(member("resources/Customers#Customer", "deleted")).toBeUndefined();
    expect(member("resources/Customers#DeletedCustomer", "deleted")).toEqual({ type: "boolean", enum: [true] });
  });
});
