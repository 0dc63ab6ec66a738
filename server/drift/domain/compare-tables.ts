import { type Catalogue, canonicalSql, type Expected, type FoundPolicy } from "./catalogue";
import type { Difference } from "./difference";

type Table = Expected["tables"][number];

/** A difference of the database, with statements that its owner runs to undo it. */
export function inDatabase(
  key: string,
  title: string,
  { expected, found, undo }: { expected: string; found: string; undo: readonly string[] },
): Difference {
  const text = undo.map((statement) => `${statement.replace(/;\s*$/, "")};`).join("\n");
  return { kind: "database", key: `database:${key}`, title, expected, found, undo: { runs: "sql", text } };
}

/** A name as it stands in statements, whatever is in it. */
export const quoted = (name: string) => (/^[a-z_][a-z0-9_]*$/.test(name) ? name : `"${name.replaceAll('"', '""')}"`);
/** `schema.name`, of which the schema is one of ours. */
export const quotedTable = (table: string) => {
  const cut = table.indexOf(".");
  return `${table.slice(0, cut)}.${quoted(table.slice(cut + 1))}`;
};

const words = ({ isRestrictive, command, roles, using, check }: Omit<FoundPolicy, "table" | "name">) =>
  `${isRestrictive ? "restrictive" : "permissive"} for ${command} to ${[...roles].sort().join(", ")}` +
  `${using === null ? "" : ` using (${using})`}${check === null ? "" : ` with check (${check})`}`;

function policyDifferences({ table, policies }: Table, catalogue: Catalogue): Difference[] {
  const found = catalogue.policies.filter((one) => one.table === table);
  const altered = policies.flatMap(({ name, definition, statements }) => {
    const there = found.find((one) => one.name === name);
    const expected = words(definition);
    const now = there === undefined ? "no such policy" : words(there);
    if (canonicalSql(now) === canonicalSql(expected)) return [];
    return [
      inDatabase(`policy:${table}:${name}`, `The policy ${name} of ${table} is ${there ? "altered" : "gone"}`, {
        ...{ expected, found: now, undo: statements },
      }),
    ];
  });
  const added = found.filter(({ name }) => !policies.some((one) => one.name === name));
  return [
    ...altered,
    ...added.map((one) =>
      inDatabase(`policy:${table}:${one.name}`, `A policy ${one.name} was added to ${table}`, {
        ...{ expected: "no such policy", found: words(one) },
        undo: [`drop policy ${quoted(one.name)} on ${table}`],
      }),
    ),
  ];
}

const listed = (verbs: readonly string[]) => (verbs.length === 0 ? "nothing" : [...verbs].sort().join(", "));

function grantDifferences({ table, grants }: Table, catalogue: Catalogue): Difference[] {
  const found = catalogue.grants.filter((one) => one.table === table);
  const ofTable = found.filter(({ column }) => column === null);
  const verbsOf = (role: string) => ofTable.filter(({ grantee }) => grantee === role).map(({ verb }) => verb);
  const differing = grants
    .filter(({ role, verbs }) => listed(verbs) !== listed(verbsOf(role)))
    .map(({ role, verbs, statements }) =>
      inDatabase(`grant:${table}:${role}`, `What ${role} may do on ${table} is not what it should be`, {
        ...{ expected: listed(verbs), found: listed(verbsOf(role)), undo: statements },
      }),
    );
  const others = [...new Set(ofTable.map(({ grantee }) => grantee))].filter(
    (grantee) => !grants.some(({ role }) => role === grantee),
  );
  return [
    ...differing,
    ...others.map((grantee) =>
      inDatabase(`grant:${table}:${grantee}`, `${grantee} was granted something on ${table}`, {
        ...{ expected: "nothing", found: listed(verbsOf(grantee)) },
        undo: [`revoke all on ${table} from ${quoted(grantee)}`],
      }),
    ),
    ...columnGrants(table, found),
  ];
}

const columnGrants = (table: string, found: Catalogue["grants"]): Difference[] =>
  found.flatMap(({ column, grantee, verb }) =>
    column === null
      ? []
      : [
          inDatabase(
            `grant:${table}.${column}:${grantee}:${verb}`,
            `${grantee} may ${verb} the column ${column} of ${table}`,
            {
              ...{ expected: "nothing", found: verb },
              undo: [`revoke ${verb} (${quoted(column)}) on ${table} from ${quoted(grantee)}`],
            },
          ),
        ],
  );

function tableDifferences(expected: Table, owner: string, catalogue: Catalogue): Difference[] {
  const { table, isWalled } = expected;
  const found = catalogue.relations.find((one) => one.table === table);
  if (found === undefined)
    return [
      inDatabase(`table:${table}`, `The table ${table} is gone`, {
        ...{ expected: "a table", found: "no such table", undo: [`-- Restore ${table} from a backup`] },
      }),
    ];
  const [on, off] = isWalled ? ["enable", "off"] : ["disable", "on"];
  return [
    ...(found.owner === owner
      ? []
      : [
          inDatabase(`owner:${table}`, `${table} belongs to ${found.owner}`, {
            ...{ expected: owner, found: found.owner, undo: [`alter table ${table} owner to ${owner}`] },
          }),
        ]),
    ...(found.hasRls === isWalled
      ? []
      : [
          inDatabase(`rls:${table}`, `Row level security of ${table} is ${off}`, {
            ...{
              expected: isWalled ? "on" : "off",
              found: off,
              undo: [`alter table ${table} ${on} row level security`],
            },
          }),
        ]),
    ...(found.isForced === isWalled
      ? []
      : [
          inDatabase(`force:${table}`, `Row level security of ${table} is ${isWalled ? "not forced" : "forced"}`, {
            ...{ expected: isWalled ? "forced" : "not forced", found: isWalled ? "not forced" : "forced" },
            undo: [`alter table ${table} ${isWalled ? "force" : "no force"} row level security`],
          }),
        ]),
    ...policyDifferences(expected, catalogue),
    ...grantDifferences(expected, catalogue),
  ];
}

/** Where tables, their walls and their grants are not what the code says. */
export function compareTables({ tables, owner }: Expected, catalogue: Catalogue): Difference[] {
  const known = new Set(tables.map(({ table }) => table));
  const added = catalogue.relations.filter(({ table }) => !known.has(table));
  return [
    ...tables.flatMap((table) => tableDifferences(table, owner, catalogue)),
    ...added.map(({ table, kind }) =>
      inDatabase(`table:${table}`, `A ${kind} ${table} is there that no release made`, {
        ...{ expected: "nothing", found: `a ${kind}`, undo: [`drop ${kind} ${quotedTable(table)}`] },
      }),
    ),
    ...catalogue.rules.map(({ table, name }) =>
      inDatabase(`rule:${table}:${name}`, `A rule ${name} rewrites statements on ${table}`, {
        ...{ expected: "no rule", found: name, undo: [`drop rule ${quoted(name)} on ${quotedTable(table)}`] },
      }),
    ),
  ];
}
