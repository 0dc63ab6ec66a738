import { type Catalogue, canonicalSql, type Expected, type FoundFunction, type FoundRole } from "./catalogue";
import { inDatabase, quoted, quotedTable } from "./compare-tables";
import type { Difference } from "./difference";

type WrittenFunction = Expected["functions"][number];

const quotedCall = ({ name, args }: { name: string; args: string }) => `${quotedTable(name)}(${args})`;

/** Everything of a function that can be told to be otherwise. */
function functionWords(told: Omit<WrittenFunction, "statement">, owner: string): string {
  const { language, volatility, isDefiner, config, body } = told;
  const settings = [...config].sort().map((setting) => ` set ${setting}`);
  const rights = isDefiner ? "with its owner's rights" : "with its caller's rights";
  return `${language} ${volatility}, ${rights}, owner ${owner}${settings.join("")}\n${body.trim()}`;
}

function functionDifference(wanted: WrittenFunction, owner: string, catalogue: Catalogue): Difference[] {
  const call = `${wanted.name}(${wanted.args})`;
  const there = catalogue.functions.find((one) => `${one.name}(${one.args})` === call);
  const expected = functionWords(wanted, owner);
  const found = there === undefined ? "no such function" : functionWords(there, there.owner);
  if (found === expected) return [];
  return [
    inDatabase(`function:${call}`, `The function ${wanted.name} is ${there === undefined ? "gone" : "altered"}`, {
      ...{ expected, found },
      undo: [wanted.statement, `alter function ${call} owner to ${owner}`],
    }),
  ];
}

const addedFunction = (one: FoundFunction) =>
  inDatabase(`function:${one.name}(${one.args})`, `A function ${one.name} is there that no release made`, {
    ...{ expected: "nothing", found: functionWords(one, one.owner), undo: [`drop function ${quotedCall(one)}`] },
  });

/** Where functions are not what migrations left. */
function compareFunctions({ functions, owner }: Expected, catalogue: Catalogue): Difference[] {
  const known = new Set(functions.map(({ name, args }) => `${name}(${args})`));
  return [
    ...functions.flatMap((wanted) => functionDifference(wanted, owner, catalogue)),
    ...catalogue.functions.filter(({ name, args }) => !known.has(`${name}(${args})`)).map(addedFunction),
  ];
}

/** Where triggers are not what migrations left. */
function compareTriggers({ triggers }: Expected, catalogue: Catalogue): Difference[] {
  const same = (one: { table: string; name: string }) => (other: { table: string; name: string }) =>
    one.table === other.table && one.name === other.name;
  const differing = triggers.flatMap((wanted) => {
    const there = catalogue.triggers.find(same(wanted));
    const { table, name, definition } = wanted;
    const isSame = there !== undefined && canonicalSql(there.definition) === canonicalSql(definition);
    if (isSame && there.isOn) return [];
    const fault = there === undefined ? "gone" : isSame ? "switched off" : "altered";
    return [
      inDatabase(`trigger:${table}:${name}`, `The trigger ${name} of ${table} is ${fault}`, {
        ...{ expected: definition, found: there === undefined ? "no such trigger" : isSame ? "off" : there.definition },
        undo: isSame
          ? [`alter table ${table} enable trigger ${name}`]
          : [`drop trigger if exists ${name} on ${table}`, definition],
      }),
    ];
  });
  const added = catalogue.triggers.filter((one) => !triggers.some(same(one)));
  return [
    ...differing,
    ...added.map(({ table, name, definition }) =>
      inDatabase(`trigger:${table}:${name}`, `A trigger ${name} was added to ${table}`, {
        ...{ expected: "no such trigger", found: definition },
        undo: [`drop trigger ${quoted(name)} on ${quotedTable(table)}`],
      }),
    ),
  ];
}

const sorted = (words: readonly string[]) => (words.length === 0 ? "none" : [...words].sort().join(", "));

/** What turns attributes into others; only those that differ, as some of them only a superuser may name. */
function attributeStatement(name: string, expected: readonly string[], found: readonly string[]): string {
  const off = found.filter((word) => !expected.includes(word)).map((word) => `no${word}`);
  const on = expected.filter((word) => !found.includes(word));
  return `alter role ${name} ${[...off, ...on].join(" ")}`;
}

function roleDifferences(wanted: FoundRole, there: FoundRole | undefined): Difference[] {
  const { name } = wanted;
  if (there === undefined)
    return [
      inDatabase(`role:${name}`, `The role ${name} is gone`, {
        ...{ expected: "a role", found: "no such role", undo: [`create role ${name} ${wanted.attributes.join(" ")}`] },
      }),
    ];
  const part = (what: "attributes" | "memberOf" | "config", title: string, undo: readonly string[]) =>
    sorted(wanted[what]) === sorted(there[what])
      ? []
      : [
          inDatabase(`role:${name}:${what}`, title, {
            expected: sorted(wanted[what]),
            found: sorted(there[what]),
            undo,
          }),
        ];
  return [
    ...part("attributes", `The role ${name} has other attributes`, [
      attributeStatement(name, wanted.attributes, there.attributes),
    ]),
    ...part(
      "memberOf",
      `The role ${name} may act as another role`,
      there.memberOf.map((other) => `revoke ${quoted(other)} from ${name}`),
    ),
    ...part("config", `Sessions of ${name} begin with other settings`, [
      `alter role ${name} reset all`,
      `do $$ begin execute format('alter role ${name} in database %I reset all', current_database()); end $$`,
      ...wanted.config.map((setting) => `alter role ${name} set ${setting.replace("=", " = ")}`),
    ]),
  ];
}

/** Where functions, triggers and roles are not what the code says. */
export function compareObjects(expected: Expected, catalogue: Catalogue): Difference[] {
  return [
    ...expected.roles.flatMap((wanted) =>
      roleDifferences(
        wanted,
        catalogue.roles.find(({ name }) => name === wanted.name),
      ),
    ),
    ...compareFunctions(expected, catalogue),
    ...compareTriggers(expected, catalogue),
  ];
}
