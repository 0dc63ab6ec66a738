import { type ApiError } from "../http/errors";
import { type Errors, field } from "./fields";
import { type Html, html } from "./html";

/** The fields of a card. What was typed into them is never sent back. */
export function cardFields(errors: Errors): Html {
  return html`<fieldset class="of-card">
    <legend>Card</legend>
    <p class="hint">
      Test cards only: 4242 4242 4242 4242 pays, …0002 is declined, …9995 lacks funds, 4000 0025 0000 3155 asks for
      confirmation. Any later date and any three digits do.
    </p>
    ${field({
      ...{
        name: "number",
        label: "Card number",
        errors,
        autocomplete: "cc-number",
        inputmode: "numeric",
        isRequired: true,
      },
    })}
    <div class="row">
      ${field({ name: "expiry", label: "Expiry (MM/YY)", errors, autocomplete: "cc-exp", inputmode: "numeric", isRequired: true })}
      ${field({ name: "cvc", label: "Security code", errors, autocomplete: "cc-csc", inputmode: "numeric", isRequired: true })}
    </div>
  </fieldset>`;
}

/** Reads the fields of a card; `now` is in seconds. */
export function readCard(form: URLSearchParams, now: number): { number: string; errors: Errors } {
  const number = (form.get("number") ?? "").replace(/[\s-]/g, "");
  const errors = {
    ...(/^\d{12,19}$/.test(number) ? {} : { number: "Enter a card number." }),
    ...expiryProblem((form.get("expiry") ?? "").trim(), now),
    ...(/^\d{3,4}$/.test((form.get("cvc") ?? "").trim()) ? {} : { cvc: "Enter the three digits on the card." }),
  };
  return { number, errors };
}

function expiryProblem(text: string, now: number): Errors {
  const [, month = "", year = ""] = /^(\d{1,2})\s*\/\s*(?:20)?(\d{2})$/.exec(text) ?? [];
  const end = Date.UTC(2000 + Number(year), Number(month), 1) / 1000;
  if (month === "" || Number(month) < 1 || Number(month) > 12)
    return { expiry: "Enter month and year, such as 04/30." };
  return end > now ? {} : { expiry: "This card has expired." };
}

/** A refusal of a card as the errors of the form that it was typed into. */
export function cardErrors(error: ApiError): Errors {
  const isNumber = error.details.code === "incorrect_number" || error.details.type === "card_error";
  return isNumber ? { number: error.message } : { form: error.message };
}
