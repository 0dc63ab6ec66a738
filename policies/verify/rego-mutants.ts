const once = (from: string, to: string) => (text: string) => text.replace(from, () => to);

/** One word of the emitted Rego changed, each in a way that a proof has to see: what it is, and the change. */
export const REGO_MUTANTS: readonly (readonly [string, (text: string) => string])[] = [
  ["denied unless asked otherwise", once("default allow := false", "default allow := true")],
  ["denials that do not count", once("count(denied) == 0", "count(denied) >= 0")],
  ["grants that do not count", once("count(granted) != 0", "count(granted) >= 0")],
  ["a role more", once('role in {"workflow_reviewer", ', 'role in {"operator", "workflow_reviewer", ')],
  ["another role", once('role == "operator"', 'role == "read_only"')],
  ["an environment more", once('environment in {"dev", "staging"}', 'environment in {"dev", "staging", "prod"}')],
  ["a risk more", once('riskProfile in {"low", "medium"}', 'riskProfile in {"low", "medium", "high"}')],
  [
    "a clearance that reaches further",
    once('dataSensitivity in {"public", "internal"}', 'dataSensitivity in {"public", "restricted"}'),
  ],
  ["a wall that is turned around", once("tenantId == input.resource.tenantId", "tenantId != input.resource.tenantId")],
  ["a denial turned around", once("\tcontributor\n", "\tnot contributor\n")],
  ["a condition left out", once("\tnot voter\n", "")],
  ["programs as people", once('kind == "user"', 'kind != "user"')],
  ["break-glass that is never open", once("breakGlass == true", "breakGlass == false")],
  ["another id", once('granted contains "run-start"', 'denied contains "run-start"')],
  ["what is unknown in a request", once("count(input) == 3", "count(input) >= 3")],
  ["what is unknown of a person", once("count(input.principal) == 8", "count(input.principal) >= 8")],
  ["what is unknown of a thing", once("count(input.resource) == 2", "count(input.resource) >= 2")],
  ["a list's items unseen", once("\tnot faulty_contributors\n", "")],
  ["a known word not asked for", once('\tinput.resource.environment in {"dev", "staging", "prod"}\n', "")],
  ["a length not asked for", once("\tcount(input.principal.businessUnit) <= 63\n", "")],
  ["a region not asked for", once('\tinput.principal.region in {"eu", "us", "apac"}\n', "")],
  ["an action about something else", once("\taction_fits_resource\n", "")],
];
