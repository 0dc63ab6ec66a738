import type { Kinds } from "../account/wire";
import { type Errors, field, select } from "./fields";
import { type Html, html } from "./html";
import { typed } from "./page";

type Address = Kinds["customer"]["address"];

const COUNTRIES = [
  ["", "Choose a country"],
  ["AT", "Austria"],
  ["AU", "Australia"],
  ["BE", "Belgium"],
  ["CA", "Canada"],
  ["CH", "Switzerland"],
  ["DE", "Germany"],
  ["ES", "Spain"],
  ["FR", "France"],
  ["GB", "United Kingdom"],
  ["IE", "Ireland"],
  ["IT", "Italy"],
  ["NL", "Netherlands"],
  ["PL", "Poland"],
  ["SE", "Sweden"],
  ["US", "United States"],
] as const;

interface AddressOptions {
  errors: Errors;
  /** What was typed before, which goes before what is known. */
  form: URLSearchParams;
  known: Address | undefined;
  isFull: boolean;
}

/** The fields of a billing address: all that it needs, or the country alone, which may stay empty. */
export function addressFields({ errors, form, known, isFull }: AddressOptions): Html {
  const value = (name: keyof NonNullable<Address>) => form.get(name) ?? known?.[name] ?? "";
  const text = (name: keyof NonNullable<Address>, label: string, autocomplete: string, isRequired = true) =>
    field({ name, label, errors, value: value(name), autocomplete, isRequired });
  return html`${select({
    ...{ name: "country", label: isFull ? "Country" : "Country (optional)", errors, choices: COUNTRIES },
    ...{ autocomplete: "country", value: value("country") },
  })}
  ${
    isFull &&
    html`${text("line1", "Street and number", "address-line1")}
      ${text("line2", "Address, second line", "address-line2", false)}
      <div class="row">
        ${text("postal_code", "Postal code", "postal-code")} ${text("city", "Town", "address-level2")}
      </div>
      ${text("state", "State or region", "address-level1", false)}`
  }`;
}

const NEEDED = { country: "country", line1: "street", postal_code: "postal code", city: "town" };

/** Reads the fields of an address; null for one without a country, where it need not be whole. */
export function readAddress(
  form: URLSearchParams,
  isFull: boolean,
): { address: NonNullable<Address> | null; errors: Errors } {
  const text = (name: string) => typed(form, name) || null;
  const missing = Object.entries(isFull ? NEEDED : {}).filter(([name]) => text(name) === null);
  const errors = Object.fromEntries(missing.map(([name, words]) => [name, `Enter your ${words}.`]));
  const country = text("country");
  if (country === null) return { address: null, errors };
  const street = { line1: text("line1"), line2: text("line2"), city: text("city"), state: text("state") };
  return { address: { country, ...street, postal_code: text("postal_code") }, errors };
}

/** What is wrong with an e-mail address, by its field. */
export function emailProblem(email: string): Errors {
  return /^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)
    ? {}
    : { email: "Enter an e-mail address, such as name@example.com." };
}
