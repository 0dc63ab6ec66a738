import { type Html, html } from "./html";

/** What is wrong with a form, by the name of its field; `form` is for what is wrong with all of it. */
export type Errors = Readonly<Record<string, string>>;

interface FieldOptions {
  name: string;
  label: string;
  errors: Errors;
  value?: string | null;
  hint?: string;
  autocomplete?: string;
  type?: "email" | "number" | "text" | "datetime-local";
  inputmode?: "numeric";
  isFixed?: boolean;
  isRequired?: boolean;
  min?: number;
  max?: number | null;
}

function noteOf({ name, hint, errors }: Pick<FieldOptions, "errors" | "hint" | "name">): Html {
  const error = errors[name];
  return html`${hint !== undefined && html`<p class="hint" id="${name}-hint">${hint}</p>`}
  ${error !== undefined && html`<p class="error" id="${name}-error">${error}</p>`}`;
}

function describedBy({ name, hint, errors }: Pick<FieldOptions, "errors" | "hint" | "name">): Html {
  const ids = [
    ...(hint === undefined ? [] : [`${name}-hint`]),
    ...(errors[name] === undefined ? [] : [`${name}-error`]),
  ];
  const isWrong = errors[name] !== undefined;
  return html`${ids.length > 0 && html` aria-describedby="${ids.join(" ")}"`}${isWrong && html` aria-invalid="true"`}`;
}

/** A labelled field with its hint and what is wrong with it. What is missing is told by the server, by field. */
export function field(options: FieldOptions): Html {
  const { name, label, value, autocomplete, type = "text", inputmode, isFixed, isRequired, min, max } = options;
  return html`<div class="field">
    <label for="${name}"
      >${label}${isRequired !== true && isFixed !== true && html` <span class="soft">(optional)</span>`}</label
    >
    <input
      id="${name}"
      name="${name}"
      type="${type}"
      value="${value}"
      ${isRequired === true && html`aria-required="true"`}
      ${autocomplete !== undefined && html`autocomplete="${autocomplete}"`}
      ${inputmode !== undefined && html`inputmode="${inputmode}"`}
      ${isFixed === true && html`readonly`}
      ${min !== undefined && html`min="${min}"`}
      ${max !== undefined && max !== null && html`max="${max}"`}
      ${describedBy(options)}
    />
    ${noteOf(options)}
  </div>`;
}

interface SelectOptions extends Pick<FieldOptions, "autocomplete" | "errors" | "hint" | "label" | "name" | "value"> {
  choices: readonly (readonly [value: string, words: string])[];
}

/** A labelled list of choices. */
export function select(options: SelectOptions): Html {
  const { name, label, value, choices, autocomplete } = options;
  return html`<div class="field">
    <label for="${name}">${label}</label>
    <select
      id="${name}"
      name="${name}"
      ${autocomplete !== undefined && html`autocomplete="${autocomplete}"`}
      ${describedBy(options)}
    >
      ${choices.map(
        ([each, words]) => html`<option value="${each}" ${each === (value ?? "") && html`selected`}>${words}</option>`,
      )}
    </select>
    ${noteOf(options)}
  </div>`;
}

/** Says at the top of a form what is wrong in it, with a way to each field. */
export function problemsOf(errors: Errors): Html | null {
  const { form, ...fields } = errors;
  const names = Object.entries(fields);
  if (form === undefined && names.length === 0) return null;
  return html`<div class="problem" role="alert">
    ${form !== undefined && html`<p>${form}</p>`}
    ${
      names.length > 0 &&
      html`<ul>
        ${names.map(([name, words]) => html`<li><a href="#${name}">${words}</a></li>`)}
      </ul>`
    }
  </div>`;
}
