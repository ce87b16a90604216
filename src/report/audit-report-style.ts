/** The report's own rules, besides those of every page. */
export const REPORT_STYLE = `
:root{--go:#1d7a5f;--go-pale:#cfe6dc;--ask:#d79a2b;--hold:#b8503a;--rej:#7d8794;--blank:#d5dae0;--here:#6f9fc4;--shade:#eef1f4}
body{max-width:62rem}
header.top{display:flex;justify-content:space-between;gap:1.5rem;align-items:flex-start;margin-bottom:1.2rem}
header.top h1{font-size:1.5rem;margin:0}
header.top p{margin:.15rem 0;color:var(--soft)}
.badge{flex:none;max-width:17rem;border:1px solid var(--line);border-radius:999px;padding:.25rem .9rem;font-size:.9rem;font-weight:600;color:var(--soft);margin:0!important}
.badge::before{content:"●";margin-right:.45rem}
[data-state=good]{color:var(--good)!important;border-color:var(--good)}
[data-state=partly]{color:var(--warn)!important;border-color:var(--warn)}
[data-state=bad]{color:#fff!important;background:var(--bad);border-color:var(--bad)}
[data-wrong]{outline:2px solid var(--bad);outline-offset:1px;background:#fde7e5;color:var(--bad);fill:var(--bad)}
.verdict{border-left:6px solid var(--good);background:#f1f8f4;border-radius:0 8px 8px 0;padding:1rem 1.3rem;margin:0 0 1.1rem}
.verdict.open{border-color:var(--ask);background:#fdf7ea}.verdict.alert{border-color:var(--bad);background:#fdefed}
.verdict .state{font-size:.95rem;font-weight:700;margin:0;color:var(--good)}
.verdict.open .state{color:var(--warn)}.verdict.alert .state{color:var(--bad)}
.verdict .say{font-size:1.28rem;line-height:1.5;font-weight:600;margin:.2rem 0}
.override{color:var(--bad);font-weight:700;margin:.5rem 0 0}
.override::before{content:"⚠ "}
.tiles{display:grid;grid-template-columns:repeat(4,1fr);gap:.8rem;margin:0 0 1.1rem}
.tile{border:1px solid var(--line);border-radius:8px;padding:.7rem .9rem;break-inside:avoid}
.tile b{display:block;font-size:1.55rem;line-height:1.25;font-weight:650;font-variant-numeric:tabular-nums}
.tile>span{color:var(--soft);font-size:.86rem;display:block}
.facts{display:grid;grid-template-columns:max-content 1fr;gap:.2rem 1.2rem;margin:.6rem 0 1rem}
.facts dt{color:var(--soft)}.facts dd{margin:0}
h2{font-size:1.12rem;border-top:1px solid var(--line);padding-top:1.1rem;margin-top:1.8rem}
h2 .of{font-weight:400;color:var(--soft)}
section.first h2{border:0;padding:0;margin:1.2rem 0 .4rem}
h3{font-size:.96rem;color:var(--soft);font-weight:600}
svg{display:block;width:100%;overflow:visible}svg.bar{width:100%;min-width:4rem}
.track{fill:var(--shade)}
.transfer{fill:var(--go)}.ask{fill:url(#pattern-ask)}.withhold{fill:url(#pattern-withhold)}.reject{fill:url(#pattern-reject)}.blank{fill:url(#pattern-blank)}.replaced{fill:url(#pattern-replaced)}.handed_over{fill:url(#pattern-handed-over)}
.ground-ask{fill:#f6dda8}.ground-withhold{fill:#e9a797}.ground-reject{fill:#c3cad2}.ground-blank{fill:#fff}.ground-handed-over{fill:#bfe0d3}.ground-here{fill:#b5d0e6}.hatch{stroke:var(--ink);stroke-width:1.1;fill:none}
svg.defs{position:absolute;width:0;height:0}
.flow rect,.key rect,.bar rect,.span rect{stroke:var(--ink);stroke-width:.7}.flow rect.track,.bar rect.track{stroke:none}
.here{fill:url(#pattern-here)}.purged{fill:var(--ink)}.band{fill:var(--go-pale)}.sent{fill:var(--go-pale);stroke:var(--go)}
.tick{stroke:#c6ccd3;stroke-width:1}.now{stroke:var(--bad);stroke-width:1.5}text.now{stroke:none;fill:var(--bad)}
text.small{font-size:11px;fill:var(--soft)}text.small.now{fill:var(--bad)}
.record{fill:#b9c2cd}.restraint{fill:url(#pattern-ask)}.data{fill:url(#pattern-here)}.due{fill:var(--bad)}
.step{display:flex;justify-content:space-between;gap:1rem;margin:.55rem 0 .15rem;font-size:.93rem}
.step b{font-variant-numeric:tabular-nums;font-size:1.02rem}
.step+svg.flow{margin-top:-.1rem}
table.plain thead th{background:none;color:var(--soft);font-weight:500;font-size:.86rem;border-bottom:1px solid var(--ink)}
table.plain thead th,.funnel tbody th{white-space:nowrap}td.chart{width:32%;vertical-align:middle}td.n{white-space:nowrap}
svg.key{display:inline-block;width:16px;margin-right:.5em;vertical-align:-1px;overflow:hidden}
.balance{font-variant-numeric:tabular-nums;color:var(--soft);font-size:.92rem}
.tasks td:first-child{width:4.6rem;white-space:nowrap}.tasks td.date,.tasks td.who{white-space:nowrap}
.tag{display:inline-block;border-radius:4px;padding:.02rem .45rem;font-size:.82rem;font-weight:600;border:1px solid currentColor}
.tag.alert{color:var(--bad)}.tag.open{color:var(--warn)}.tag.note{color:var(--soft)}
.chips{display:flex;flex-wrap:wrap;gap:.35rem;margin:.3rem 0 .8rem;padding:0;list-style:none}
.chips li{border:1px solid var(--line);border-radius:6px;padding:.08rem .55rem;font-size:.9rem}
.chips.go li{border-color:var(--go);background:#f1f8f4}.chips li i{font-style:normal;color:var(--soft);font-size:.85em;margin-left:.35em}
.columns{display:grid;grid-template-columns:1fr 1fr;gap:0 2rem}
.big{font-size:1.35rem;letter-spacing:.06em;font-family:ui-monospace,"SFMono-Regular",Consolas,monospace;font-weight:600}
#proof-lines{white-space:pre-line;margin:.5rem 0}
button{font:inherit;padding:.25rem .9rem;border:1px solid var(--ink);border-radius:6px;background:#fff;cursor:pointer}
.balance b{color:var(--good);font-weight:600}.balance b.bad{color:var(--bad)}
.evidence{font-size:.92rem}.evidence h3{color:var(--ink)}
.evidence tbody th{white-space:nowrap;color:var(--soft)}.evidence td{overflow-wrap:anywhere}
@page{@bottom-right{content:counter(page) " / " counter(pages);font:9pt system-ui,"Noto Sans CJK SC",sans-serif;color:#5b6470}}
@media(max-width:700px){body{padding:1rem}header.top{flex-direction:column;gap:.6rem}.tiles{grid-template-columns:1fr 1fr}.facts{grid-template-columns:1fr;gap:0}.facts dd{margin-bottom:.5rem}
.columns{grid-template-columns:1fr}.tasks thead,.tasks .cmd{display:none}.tasks tr{display:block;border-bottom:1px solid var(--line);padding:.45rem 0}.tasks td{display:inline-block;border:0;padding:.1rem .6rem .1rem 0}.tasks td.what{display:block}
.timeline td.chart{width:34%}.law{display:none}table{font-size:.92rem}th,td{padding:.3rem .35rem}.verdict .say{font-size:1.12rem}}
@media print{*{print-color-adjust:exact;-webkit-print-color-adjust:exact}body{font-size:9.6pt}
header.top h1{font-size:16pt}header.top p{display:inline-block;margin-right:1rem}header.top p.badge{margin:0!important}.badge{flex:none}.verdict{padding:.5rem 1rem;margin-bottom:.6rem}.first .facts{grid-template-columns:max-content 1fr max-content 1fr;gap:.1rem .8rem;margin:.3rem 0 .5rem}.step{margin:.3rem 0 .05rem}.first th,.first td{padding:.14rem .4rem}.first h2{margin:.7rem 0 .2rem}.balance{margin:.2rem 0}.verdict .say{font-size:12.5pt}.tiles{gap:.5rem;margin-bottom:.6rem}.tile{padding:.4rem .6rem}.tile b{font-size:15pt}
section.first{break-after:page;font-size:8.6pt;line-height:1.42}section.first h2{font-size:10.5pt}section.part{break-before:page}section{break-inside:auto}h2,h3{break-after:avoid}h2{margin-top:1.1rem;padding-top:.7rem}
svg,.tile,tr,.facts,.chips,.funnel{break-inside:avoid}button,.cmd{display:none}th,td{padding:.22rem .4rem}}
`;
