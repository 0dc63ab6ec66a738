import { TAX_ID_TYPES } from "../objects/tax-ids";
import { type Errors, field, select } from "./fields";
import { type Html, html } from "./html";

/** The fields of a tax id. */
export function taxIdFields(errors: Errors, form: URLSearchParams, isRequired: boolean): Html {
  const types = Object.entries(TAX_ID_TYPES).map(([type, { name }]) => [type, name] as const);
  const examples = Object.values(TAX_ID_TYPES).map(({ example }) => example);
  return html`${select({ name: "tax_id_type", label: "Kind", errors, choices: types, value: form.get("tax_id_type") })}
  ${field({
    ...{ name: "tax_id", label: "Tax id", errors, value: form.get("tax_id"), isRequired },
    hint: `For example ${examples.join(", ")}.`,
  })}`;
}
