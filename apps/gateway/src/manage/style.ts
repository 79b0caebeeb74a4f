/** What forms need beside the console's own style sheet. */
export const style = `
form > :last-child { margin-bottom: 0; }
h3 { margin: 1rem 0 .5rem; font-size: 1rem; }
label, legend { font-weight: 600; }
.field { display: grid; gap: .25rem; max-width: 34rem; margin: 0 0 1rem; }
.check { display: inline-flex; gap: .5rem; align-items: center; min-height: 2rem; font-weight: 400; }
.check input { width: 1.25rem; height: 1.25rem; }
input, select, textarea { width: 100%; padding: .5rem .625rem; font: inherit; color: inherit; background: var(--back);
  border: 1px solid light-dark(#7c7c75, #8a8a82); border-radius: .375rem; }
[aria-invalid] { border: 2px solid var(--bad); }
.fault { color: var(--bad); }
fieldset { min-width: 0; margin: 0; padding: .75rem 1rem; border: 1px solid var(--line); border-radius: .5rem; }
.setup { margin: 0 0 1rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(17rem, 100%), 1fr)); gap: 1rem; margin: 0 0 1rem; }
button, .button { display: inline-block; padding: .5rem 1rem; font: inherit; font-weight: 600; text-decoration: none;
  color: #1d1d1a; background: #fc0; border: 1px solid #b38f00; border-radius: .375rem; cursor: pointer; }
.quiet { padding: 0; font-weight: 400; color: inherit; background: none; border: 0; text-decoration: underline; }
.danger { color: #fff; background: #a3211b; border-color: #a3211b; }
.notice { margin: 0 0 1rem; padding: .75rem 1rem; background: var(--card); border: 1px solid var(--line);
  border-left: 4px solid var(--good); border-radius: .5rem; }
.notice.bad { border-left-color: var(--bad); }
.mode { padding: .125rem .5rem; border: 2px solid; border-radius: .375rem; }
.mode.test { color: var(--wait); border-style: dashed; }
.mode.live { color: var(--good); }
section.test { color: inherit; border-top: 4px dashed var(--wait); }
section.live { border-top: 4px solid var(--good); }
.code { font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
.plain { margin: 0; padding: 0; list-style: none; }
.names { columns: 3 14rem; margin: 0; padding-left: 1.25rem; }
.inline { display: inline; }
.note { margin: 0 0 1rem; max-width: 50rem; }
header form { margin: 0; }
`;
