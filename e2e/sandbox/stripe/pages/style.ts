/** The one sheet of the sandbox's pages. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: light-dark(#f6f7f9, #16181d);
  --card: light-dark(#ffffff, #1f2229);
  --ink: light-dark(#1b1f27, #eceef2);
  --soft: light-dark(#565d6b, #aab1bf);
  --line: light-dark(#c9ced8, #464c59);
  --accent: light-dark(#1f5fbf, #8ab4ff);
  --on-accent: light-dark(#ffffff, #10141c);
  --bad: light-dark(#b3261e, #ff9d94);
  --bad-page: light-dark(#fdeceb, #3a2220);
  --note: light-dark(#fff3cf, #453a17);
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
.banner { margin: 0; padding: .5rem 1rem; background: var(--note); text-align: center; font-weight: 600; }
main { margin: 0 auto; padding: 1.5rem 1rem 4rem; }
main.narrow { max-width: 34rem; }
main.wide { max-width: 75rem; }
h1 { margin: 0 0 1rem; font-size: 1.5rem; line-height: 1.25; }
h2 { margin: 0 0 .75rem; font-size: 1.125rem; }
a { color: var(--accent); }
section, .card { margin: 0 0 1rem; padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
table { width: 100%; border-collapse: collapse; }
caption { text-align: start; font-weight: 600; padding-bottom: .5rem; }
th, td { padding: .375rem .5rem .375rem 0; text-align: start; vertical-align: top; overflow-wrap: anywhere; }
thead th { color: var(--soft); font-weight: 600; border-bottom: 1px solid var(--line); }
.amount { text-align: end; white-space: nowrap; padding-right: 0; }
tfoot tr:first-child > * { border-top: 1px solid var(--line); }
.total > * { font-weight: 700; }
.soft { color: var(--soft); }
form { margin: 0; }
fieldset { margin: 0 0 1rem; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; margin-bottom: .5rem; font-weight: 600; }
.field { margin-bottom: .875rem; }
label { display: block; font-weight: 500; }
.choice { display: flex; gap: .5rem; align-items: baseline; margin-bottom: .5rem; font-weight: 400; }
input:not([type=radio], [type=checkbox]), select, textarea {
  display: block; width: 100%; margin-top: .25rem; padding: .5rem .625rem; min-height: 2.75rem;
  font: inherit; color: inherit; background: var(--page); border: 1px solid var(--soft); border-radius: .375rem;
}
input[readonly] { border-style: dashed; }
[aria-invalid=true] { border-color: var(--bad) !important; }
.hint { margin: .25rem 0 0; color: var(--soft); font-size: .875rem; }
.error { margin: .25rem 0 0; color: var(--bad); font-size: .875rem; font-weight: 600; }
.problem { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--bad-page); border: 1px solid var(--bad); border-radius: .5rem; }
.problem > p, .problem > ul { margin: 0; }
.done { margin: 0 0 1rem; padding: .75rem 1rem; border: 1px solid var(--accent); border-radius: .5rem; }
.row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: start; }
.row > .field { flex: 1 1 8rem; }
.row:has(> .field) > button { margin-top: 1.75rem; }
button, .button {
  display: inline-block; padding: .5rem 1rem; min-height: 2.75rem; font: inherit; font-weight: 600; text-decoration: none;
  color: var(--on-accent); background: var(--accent); border: 1px solid var(--accent); border-radius: .375rem; cursor: pointer;
}
button.quiet, .button.quiet { color: var(--accent); background: transparent; }
button.wide { width: 100%; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; }
form:has(input[value=debit]:checked) .of-card { display: none; }
pre { margin: 0; overflow: auto; max-height: 30rem; font-size: .8125rem; }
.scroll { overflow-x: auto; }
nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: 0; list-style: none; }
td form { display: inline-block; margin: 0 .25rem .25rem 0; }
td button { min-height: 2rem; padding: .125rem .5rem; }
`;
