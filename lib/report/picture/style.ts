/** Colours by purpose. Text has a contrast ratio of at least 4.5 in the light and in the dark colour scheme. */
const light = `--paper:#fbfbf9;--box:#fff;--ink:#1b1f23;--muted:#59626b;--edge:#c6ccd2;--line:#87919b;--way:#0a5f8a;--way-box:#f1f7fb;--tint:#eef1f3;--down:#a3221a;--down-box:#fdf0ee;--short:#805500;--short-box:#fdf6e3;--good:#1a6b35;--good-box:#eef8f0;--focus:#0a5f8a`;
const dark = `--paper:#121518;--box:#1b1f24;--ink:#e8eaec;--muted:#a2abb4;--edge:#3c454e;--line:#6f7a85;--way:#6db8e3;--way-box:#16242e;--tint:#252b31;--down:#ff9c92;--down-box:#321c1a;--short:#f0c36b;--short-box:#2e2615;--good:#84d69c;--good-box:#16281b;--focus:#6db8e3`;

export const fonts = `Inter,system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","DejaVu Sans",sans-serif`;

/** The colours of both schemes, as CSS variables of the root element of a page or picture. */
export function colours(root: string): string {
  return `${root}{${light};color-scheme:light dark}@media (prefers-color-scheme:dark){${root}{${dark}}}@media print{${root}{${light}}}`;
}

export const pictureStyle = `
.picture{font-family:${fonts};font-size:11px}
.picture .paper{fill:var(--paper)}
.picture text{fill:var(--ink)}
.heads text{font-size:11px;font-weight:600;letter-spacing:.02em;fill:var(--muted)}
.frame{fill:var(--box);stroke:var(--edge)}
.layer-traffic>a>.frame,.layer-traffic>.frame{fill:var(--way-box)}
.kind-external .frame,.kind-addresses .frame{fill:var(--paper);stroke-dasharray:4 3}
.title{font-size:13.5px;font-weight:600}
.detail{fill:var(--muted)!important}
.part-title{font-weight:600}
.part-rules .part-title,.part-records .part-title,.part-certificate .part-title{font-weight:400}
.part-frame{fill:transparent}
.icon,.small-icon{fill:none;stroke:var(--muted);stroke-width:1.4;stroke-linecap:round;stroke-linejoin:round}
.layer-traffic .icon{stroke:var(--way)}
.chip rect{fill:var(--tint);stroke:var(--muted)}
.chip.certain rect{fill:var(--muted)}
.chip text{font-size:10.5px;font-weight:600;text-anchor:middle}
.picture .chip.certain text{fill:var(--box)}
.chip.possible rect{stroke-dasharray:2.5 2}
.stroke{fill:none;stroke:var(--line);stroke-width:1.2}
.arrow{fill:var(--line)}
.hit{fill:none;stroke:transparent;stroke-width:9}
.line.layer-traffic .stroke{stroke:var(--way);stroke-width:2}
.line.layer-traffic .arrow{fill:var(--way)}
.line.refused .stroke{stroke:var(--down);stroke-dasharray:3 4}
.line.refused .arrow{fill:var(--down)}
.bar{stroke:var(--down);stroke-width:2;fill:none}
.mark{font-weight:600}
.picture .mark-added{fill:var(--good)}
.picture .mark-removed,.picture .mark-lost,.picture .mark-fails,.picture .mark-cut-off{fill:var(--down)}
.picture .mark-restarts,.picture .mark-replaced,.picture .mark-exposed,.picture .mark-left-behind{fill:var(--short)}
.change-added .frame{stroke:var(--good);stroke-width:2}
.change-removed .frame{stroke:var(--down);stroke-width:1.5;stroke-dasharray:7 4;fill:var(--paper)}
.change-removed .title{text-decoration:line-through}
.change-touched .frame{stroke:var(--short);stroke-width:2}
.line.change-added .stroke{stroke:var(--good);stroke-width:2.4}
.line.change-added .arrow{fill:var(--good)}
.line.change-removed .stroke{stroke:var(--down);stroke-dasharray:5 4;stroke-width:1.8}
.line.change-removed .arrow{fill:var(--down)}
`
  .trim()
  .replaceAll('\n', '');
