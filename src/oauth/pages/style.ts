import { COLOURS, FONT } from '../../core/pages/theme.ts';

/** The one style of all pages. System fonts, light and dark, nothing to load. */
export const STYLE = `
${COLOURS}
*, ::before, ::after { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; min-height: 100vh; min-height: 100svh; display: flex; flex-direction: column; align-items: center;
  padding: clamp(1rem, 7vh, 5rem) 1rem 1.5rem; background: var(--page); color: var(--text);
  font: 1rem/1.5 ${FONT};
  -webkit-font-smoothing: antialiased; overflow-wrap: break-word; text-wrap: pretty;
}
main {
  width: 100%; max-width: 27.5rem; padding: 2.25rem; border-radius: 1rem;
  background: var(--card); box-shadow: var(--shadow);
}
h1 { margin: 0; font-size: 1.5rem; line-height: 1.25; font-weight: 650; letter-spacing: -.015em; text-wrap: balance; }
p { margin: 0; }
a { color: var(--accent); text-underline-offset: .15em; }
a:hover { color: var(--accent-strong); }
svg { display: block; flex: none; }
bdi { font-weight: 600; }
h1 bdi { font-weight: inherit; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 2px; border-radius: .375rem; }

.marks { display: flex; align-items: center; gap: .625rem; margin-bottom: 1.25rem; }
.mark {
  width: 2.75rem; height: 2.75rem; border-radius: .75rem; display: grid; place-items: center;
  font-size: 1.25rem; font-weight: 650; border: 1px solid var(--line); background: var(--card); color: var(--text);
}
.mark-partoo { border: 0; background: var(--accent); color: var(--on-accent); }
.marks .dots { color: var(--field); }
.step { margin-left: auto; align-self: flex-start; font-size: .8125rem; color: var(--soft); }
.who { margin-top: .5rem; color: var(--soft); line-height: 1.75; }
.who span + span::before { content: "· "; }
.who .pill::before { content: none !important; }
.who strong { color: var(--text); font-weight: 600; }
.pill { font-size: .8125rem; line-height: 1.25rem; padding: .0625rem .5rem; border-radius: 1rem; font-weight: 550; white-space: nowrap; display: inline-block; margin-left: .25rem; }
.pill-plain { background: var(--tint); color: var(--soft); }
.pill-caution { background: var(--caution-tint); color: var(--caution); }
.note { margin-top: .5rem; font-size: .875rem; color: var(--soft); }

.asks-title { margin-top: 1.5rem; padding-top: 1.125rem; border-top: 1px solid var(--line); }
.asks { margin: .625rem 0 0; padding: 0; list-style: none; display: grid; gap: .75rem; }
.asks li { display: flex; gap: .75rem; }
.asks svg { margin-top: .1875rem; color: var(--accent); }

form { margin: 1.5rem 0 0; }
.field-label { display: block; font-weight: 600; margin-bottom: .375rem; }
input[type=password] {
  width: 100%; font: inherit; color: inherit; background: var(--card); padding: .6875rem .875rem;
  border: 1px solid var(--field); border-radius: .625rem; min-height: 3rem;
}
input[type=password]:focus { outline: 3px solid var(--accent); outline-offset: -1px; border-color: transparent; }
input[aria-invalid=true] { border-color: var(--danger); }
.hint { margin-top: .5rem; font-size: .875rem; color: var(--soft); }
.error { display: flex; gap: .5rem; margin-top: .5rem; font-size: .9375rem; color: var(--danger); font-weight: 500; }
.error svg { margin-top: .1875rem; }
.alert { outline: 0; margin-top: 1.25rem; padding: .75rem .875rem; border-radius: .625rem; background: var(--danger-tint); }

.owner { display: flex; align-items: flex-start; gap: .875rem; margin-top: 1.5rem; padding: 1rem; border-radius: .75rem; background: var(--tint); }
.owner .mark { border: 0; border-radius: 50%; background: var(--accent); color: var(--on-accent); font-size: 1.125rem; flex: none; }
.owner div { flex: 1; min-width: 0; }
.owner .name { font-weight: 600; }
.owner .about bdi { font-weight: inherit; }
.owner .about { font-size: .9375rem; color: var(--soft); }
.owner .another { margin-top: .375rem; font-size: .875rem; }

fieldset { margin: 1.5rem 0 0; padding: 0; border: 0; min-width: 0; }
legend { padding: 0; font-weight: 600; margin-bottom: .5rem; }
.choices { border: 1px solid var(--line); border-radius: .75rem; overflow: hidden; }
.choice { display: flex; gap: .75rem; padding: .5625rem .875rem; cursor: pointer; }
.choice + .choice { border-top: 1px solid var(--line); }
.choice:hover { background: color-mix(in srgb, var(--tint) 45%, transparent); }
.choice:has(:focus-visible) { outline: 3px solid var(--accent); outline-offset: -3px; border-radius: .75rem; }
.choice input { margin: .1875rem 0 0; width: 1.125rem; height: 1.125rem; flex: none; accent-color: var(--accent); outline: 0; }
.choice span { display: block; }
.choice .name { font-weight: 550; }
.choice .about { font-size: .875rem; line-height: 1.35; color: var(--soft); }

.buttons { display: grid; gap: .625rem; margin-top: 1.75rem; }
button, .button {
  font: inherit; font-weight: 600; min-height: 3rem; padding: .6875rem 1rem; border-radius: .625rem; cursor: pointer;
  border: 1px solid transparent; text-align: center; text-decoration: none; display: block; width: 100%;
}
.primary, .primary:hover { background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent-strong); }
.secondary { background: transparent; color: var(--text); border-color: var(--field); }
.secondary:hover { background: color-mix(in srgb, var(--tint) 60%, transparent); }
button:active, .button:active { transform: translateY(1px); }
.after { margin-top: 1.25rem; font-size: .875rem; color: var(--soft); }
.message { margin-top: .75rem; color: var(--soft); }

footer { width: 100%; max-width: 27.5rem; padding: 1.25rem .5rem 0; font-size: .8125rem; color: var(--soft); text-align: center; }
footer strong { font-weight: 600; color: var(--text); }
@media (max-width: 30rem) {
  :root { --page: var(--card); --shadow: none; }
  body { padding: 1.25rem 1.25rem 1.5rem; }
  main { padding: 0; border-radius: 0; }
}
@media (prefers-reduced-motion: reduce) { button:active, .button:active { transform: none; } }
@media (forced-colors: active) { main, .owner, .alert, .pill, .mark { border: 1px solid; } }
`;
