/** The console's style sheet: two columns of numbers on a phone, tables on a desk, the system's own light or dark. */
export const style = `
:root { color-scheme: light dark; --line: light-dark(#d9d9d4, #44443f); --soft: light-dark(#5c5c55, #b4b4ab);
  --back: light-dark(#f6f6f2, #1b1b18); --card: light-dark(#fff, #262622); --ink: light-dark(#1d1d1a, #f1f1ea);
  --good: light-dark(#0b6b3a, #7fd6a4); --bad: light-dark(#a3211b, #ff9d94); --wait: light-dark(#7a5200, #f0c266); }
* { box-sizing: border-box; }
body { margin: 0; background: var(--back); color: var(--ink); font: 1rem/1.5 system-ui, sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .5rem 2rem; align-items: baseline; justify-content: space-between;
  padding: 1rem max(1rem, 50vw - 35rem); background: var(--card); border-bottom: 4px solid #fc0; }
h1 { margin: 0; font-size: 1.25rem; }
h2 { margin: 0 0 .75rem; font-size: 1.05rem; }
nav { display: flex; flex-wrap: wrap; gap: .25rem 1rem; }
a { color: inherit; }
a[aria-current] { font-weight: 700; text-decoration: none; }
:focus-visible { outline: 3px solid #fc0; outline-offset: 2px; }
main { max-width: 72rem; margin: 0 auto; padding: 1rem; }
section, .summary > div { padding: 1rem; background: var(--card); border: 1px solid var(--line); border-radius: .5rem; }
section { margin-top: 1rem; }
.summary { display: grid; grid-template-columns: repeat(auto-fit, minmax(9rem, 1fr)); gap: 1rem; margin: 0; }
dt, .time, .note, small { color: var(--soft); font-size: .875rem; }
dd { margin: 0; font-size: 1.75rem; font-variant-numeric: tabular-nums; }
table { width: 100%; border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .5rem .75rem .5rem 0; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th { border-top: 0; color: var(--soft); font-size: .875rem; font-weight: 600; }
td { overflow-wrap: break-word; }
.amount { white-space: nowrap; }
small { display: block; }
code { overflow-wrap: anywhere; }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { padding: .5rem 0 .5rem .75rem; border-left: 4px solid var(--bad); }
.findings li + li { margin-top: .5rem; }
.standing { font-weight: 600; }
.paid, .authorized { color: var(--good); }
.failed, .declined, .held { color: var(--bad); }
.test { color: var(--wait); }
section > :last-child { margin-bottom: 0; }
.fields { display: grid; gap: .5rem; justify-items: start; }
.note { margin: .75rem 0 0; }
.findings p { margin: .25rem 0 0; }
@media (max-width: 44rem) {
  thead { display: none; }
  tr { display: block; padding: .5rem 0; border-top: 1px solid var(--line); }
  td { display: grid; grid-template-columns: 9rem minmax(0, 1fr); padding: .125rem 0; border: 0; }
  td::before { content: attr(data-head); color: var(--soft); font-size: .875rem; }
  td > * { grid-column: 2; }
}
`;
