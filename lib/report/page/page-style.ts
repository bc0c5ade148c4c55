import { colours, fonts, pictureStyle } from '../picture/style';

/** The style of the page, as one string, because the Content-Security-Policy of the page contains its hash. */
export const pageStyle = [
  colours(':root'),
  pictureStyle,
  `
*{box-sizing:border-box}
html{scroll-behavior:smooth;-webkit-text-size-adjust:100%}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--paper);color:var(--ink);font:15px/1.55 ${fonts}}
header,main>section,main>nav,figure{margin:0 auto;max-width:1640px;padding:0 24px}
header{padding-top:36px;padding-bottom:8px}
h1{font-size:28px;line-height:1.2;margin:0 0 6px;letter-spacing:-.015em}
h2{font-size:20px;line-height:1.3;margin:48px 0 6px;letter-spacing:-.01em}
h3{font-size:14.5px;margin:0 0 4px}
h4{font-size:13px;margin:10px 0 2px;font-weight:600}
p{margin:0 0 10px;max-width:80ch}
header p{color:var(--muted);margin:0}
a{color:var(--way)}
:focus-visible{outline:2.5px solid var(--focus);outline-offset:2px;border-radius:4px}
.skip{position:absolute;left:-9999px}
.skip:focus{left:16px;top:12px;background:var(--box);padding:8px 12px;z-index:5}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:0;padding:12px 0;border-bottom:1px solid var(--edge)}
nav a{text-decoration:none}
nav a:hover{text-decoration:underline}
figure{padding-top:18px}
.controls{display:flex;flex-wrap:wrap;gap:10px 24px;align-items:center;margin:0 0 12px}
fieldset{border:0;margin:0;padding:0;display:flex;flex-wrap:wrap;gap:4px 16px}
legend{float:left;font-weight:600;margin-right:14px;padding:0}
.controls label{white-space:nowrap;max-width:100%}.controls label[data-scripted]{white-space:normal}
input[type=checkbox]{accent-color:var(--way);width:15px;height:15px;vertical-align:-2px;margin:0 6px 0 0}
select{font:inherit;color:inherit;background:var(--box);border:1px solid var(--edge);border-radius:6px;padding:4px 8px;max-width:min(100%,360px)}
.canvas{overflow-x:auto;border:1px solid var(--edge);border-radius:12px;background:var(--paper)}
.canvas svg{display:block;margin:0 auto;height:auto}.canvas svg.wide{max-width:100%;min-width:1180px}
.picture a{text-decoration:none;cursor:pointer}
.picture a:focus{outline:none}
.picture a:focus-visible .frame,.picture a:focus-visible .part-frame{stroke:var(--focus);stroke-width:2.5}
.picture a:hover .frame{stroke:var(--way)}
.picture a:hover .part-frame{fill:var(--tint)}
.picture.tracing .line:not(.lit){opacity:.16}
.picture.tracing .box:not(.lit){opacity:.45}
.picture .line.lit .stroke{stroke:var(--way);stroke-width:2.4}
.picture .line.lit .arrow{fill:var(--way)}
figure:has(#show-traffic:not(:checked)) .layer-traffic,figure:has(#show-connections:not(:checked)) .line.layer-connections,figure:has(#show-connections:not(:checked)) .kind-external,figure:has(#show-connections:not(:checked)) .kind-addresses,figure:has(#show-secrets:not(:checked)) .layer-secrets,figure:has(#show-volumes:not(:checked)) .layer-volumes{visibility:hidden}
[data-state] .status{font-weight:600}
[data-state=down] .frame,[data-state=down] .part-frame{stroke:var(--down);stroke-width:2;fill:var(--down-box)!important}
.picture [data-state=down] .status{fill:var(--down)!important}
[data-state=short] .frame{stroke:var(--short);stroke-width:2;fill:var(--short-box)!important}
.picture [data-state=short] .status,.picture [data-state=lacks] .status{fill:var(--short)!important}
[data-state=lacks] .frame{stroke:var(--short);stroke-dasharray:5 3}
[data-state=unknown] .frame{stroke:var(--muted);stroke-dasharray:2 3}
[data-state=down].part .part-title{text-decoration:line-through}
.chip.gone{opacity:.35}
.picture .line.dead .stroke{stroke:var(--down);stroke-dasharray:3 5}
.picture .line.dead .arrow{fill:var(--down)}
.hint{display:none;color:var(--muted);font-size:13px;margin:8px 0 0}@media (max-width:1180px){.hint{display:block}}.legend{display:flex;flex-wrap:wrap;gap:6px 22px;color:var(--muted);font-size:13px;margin:10px 0 0;padding:0;list-style:none}
.legend svg{vertical-align:-4px;margin-right:7px}
.outcome{margin:14px 0 0;border-left:4px solid var(--down);padding:2px 0 2px 14px}
.outcome:empty{display:none}
.outcome h2,.outcome h3{margin:0 0 4px}
ul{margin:4px 0;padding-left:18px}
.panel{position:fixed;left:50%;transform:translateX(-50%);bottom:12px;width:min(980px,calc(100vw - 24px));max-height:38vh;overflow:auto;background:var(--box);border:1px solid var(--edge);border-radius:10px;box-shadow:0 6px 28px rgb(0 0 0/.16);padding:12px 16px;font-size:13.5px;pointer-events:none;z-index:4}
.panel.pinned{pointer-events:auto}
.panel[hidden]{display:none}
.panel button{position:sticky;top:0;float:right;font:inherit;color:inherit;background:var(--tint);border:1px solid var(--edge);border-radius:6px;padding:2px 10px;cursor:pointer}
.panel:not(.pinned) button{display:none}
.scroll{overflow-x:auto}
table{border-collapse:collapse;font-size:13.5px;line-height:1.4}
th,td{text-align:left;vertical-align:top;padding:6px 18px 6px 0;border-bottom:1px solid var(--edge);font-variant-numeric:tabular-nums}
thead th{font-weight:600;color:var(--muted);white-space:nowrap}
tbody th{font-weight:600}tbody th .place{display:block;font-weight:400;font-size:11.5px}
td{max-width:52ch;overflow-wrap:anywhere;min-width:5ch}
#failures td,#failures th{white-space:nowrap}
.number{text-align:right}
tbody tr:hover{background:var(--tint)}
.notes{color:var(--muted);font-size:13.5px;margin-top:8px}
.columns{columns:3 min(380px,100%);column-gap:36px;font-size:13.5px}
.evidence{break-inside:avoid-column;margin:0 0 8px;border-bottom:1px solid var(--edge);padding:0 0 8px}summary{cursor:pointer;font-weight:600;font-size:14.5px}.evidence[open]>summary{margin-bottom:4px}.evidence h3{display:none}.panel h3{display:block}
.entry:target{background:var(--way-box);outline:2px solid var(--way);outline-offset:4px}
li{margin:2px 0}
.place,small{color:var(--muted);overflow-wrap:anywhere}small{font-size:12.5px}

code{font:12px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;background:var(--tint);border-radius:4px;padding:1px 5px;overflow-wrap:anywhere}
.change{display:grid;grid-template-columns:max-content 1fr;gap:6px 16px;font-size:14px;margin:10px 0}
.change dt{font-weight:600}
.change dd{margin:0}
footer{margin:56px auto 40px;max-width:1640px;padding:0 24px;color:var(--muted);font-size:13px}
@media (max-width:700px){header,main>section,main>nav,figure,footer{padding-left:14px;padding-right:14px}h1{font-size:23px}body{font-size:14.5px}.change{grid-template-columns:1fr;gap:0}.change dd{margin:0 0 10px}}
@media print{.hint{display:none!important}section.table>p,h3,h4,summary{break-after:avoid}details::details-content{content-visibility:visible;display:block}body{font-size:10pt;background:#fff}.controls,.panel,nav,.skip{display:none!important}.canvas{border:0;overflow:visible}.canvas svg.picture{min-width:0;max-width:100%}h2{break-after:avoid}tr,.evidence{break-inside:avoid}.scroll{overflow:visible}table{font-size:8pt}th,td{padding-right:8px}td{max-width:none}#failures table{font-size:6.5pt}#failures th,#failures td{white-space:normal;padding-right:4px}thead th{white-space:normal}.columns{columns:2;font-size:8.5pt}@page{size:A4 landscape;margin:12mm}}
`
    .trim()
    .replaceAll('\n', ''),
].join('');
