/** The look of the week: days below each other; on a wide screen beside each other, each entry at its hour. */
export const calendarStyle = `
:root{--phone:#dcebfc;--phone-edge:#0b5fb5;--interview:#dcf3e4;--interview-edge:#13703f;--group:#ece2fb;--group-edge:#6d35b5;--client:#fdeacb;--client-edge:#9a5000;--call:#d8f0f2;--call-edge:#0a6a75;--start:#fbe0ea;--start-edge:#a81f57}
@media (prefers-color-scheme:dark){:root{--phone:#16304f;--phone-edge:#6cb2ff;--interview:#14382a;--interview-edge:#52c98a;--group:#332449;--group-edge:#b78cf5;--client:#42300f;--client-edge:#f0a94a;--call:#10383d;--call-edge:#4cc3cf;--start:#471f30;--start-edge:#ff8db8}}
.kind{border-left:5px solid var(--edge);background:var(--wash)}
.chips .kind{border-left:8px solid var(--edge)}.chips .any{border-left:1px solid var(--line);background:var(--paper)}
.phone{--wash:var(--phone);--edge:var(--phone-edge)}.interview{--wash:var(--interview);--edge:var(--interview-edge)}
.group{--wash:var(--group);--edge:var(--group-edge)}.client{--wash:var(--client);--edge:var(--client-edge)}
.call{--wash:var(--call);--edge:var(--call-edge)}.start{--wash:var(--start);--edge:var(--start-edge)}
.week ol{list-style:none;margin:0;padding:0}.week a{color:inherit}
.hours{display:none}.day{margin-top:1rem}
.day h2{margin:0 0 .35rem}.day h2 small{display:inline}
.week .kind{border-radius:6px;padding:.4rem .6rem;margin:0 0 .3rem;overflow:hidden}
.week small{color:inherit}.time{font-variant-numeric:tabular-nums;font-weight:600}
.none{margin:0;color:var(--soft)}
.now{border-top:2px solid var(--late);margin:.4rem 0}.now span{color:var(--late);font-size:.8125rem;font-weight:600}
@media (min-width:60rem){
.week{display:grid;grid-template-columns:3rem repeat(7,minmax(0,1fr));grid-template-rows:auto auto 1fr;margin-top:1rem;--hour:4.75rem;background:var(--paper);border:1px solid var(--line);border-radius:8px;overflow:hidden}
.hours{display:block;grid-row:3;text-align:right;color:var(--soft);font-size:.8125rem}
.hours span{display:block;height:var(--hour);padding-right:.4rem}
.day{display:grid;grid-row:1/4;grid-template-rows:subgrid;margin:0;border-left:1px solid var(--line)}
.day h2{margin:0;padding:.5rem;font-size:.9375rem;border-bottom:1px solid var(--line)}.today h2{box-shadow:inset 0 3px var(--link)}
.whole{padding:.25rem;max-height:12rem;overflow:auto}.whole .kind{font-size:.8125rem;padding:.25rem .4rem}.whole small{font-size:.75rem}.whole:empty{padding:0}.none{display:none}
.slots{position:relative;grid-row:3;height:calc(var(--hours)*var(--hour));background:repeating-linear-gradient(var(--line) 0 1px,transparent 1px var(--hour))}
.slots .kind{position:absolute;top:calc(var(--from)/60*var(--hour));min-height:1.5rem;height:calc(var(--for)/60*var(--hour) - 1px);left:calc(100%*var(--lane)/var(--lanes));width:calc(100%/var(--lanes) - 2px);margin:0;padding:.1rem .25rem;font-size:.8rem;line-height:1.25}
.slots .kind:hover,.slots .kind:focus-within{z-index:2;height:auto;min-width:11rem;box-shadow:0 2px 10px #0006}
.slots .kind div,.slots .kind small{white-space:nowrap;overflow:hidden;text-overflow:ellipsis}.slots .short:not(:hover,:focus-within) small,.slots .narrow:not(:hover,:focus-within) .time{position:absolute;clip-path:inset(50%)}
.slots .kind:hover *,.slots .kind:focus-within *{white-space:normal}.slots .kind small{font-size:.75rem}
.day:nth-last-child(-n+2) .kind:hover,.day:nth-last-child(-n+2) .kind:focus-within{left:auto;right:0}
.now{position:absolute;z-index:1;left:0;right:0;top:calc(var(--from)/60*var(--hour));margin:0;pointer-events:none}
.now span{position:absolute;left:-99rem}.now.out{display:none}
}
@media (max-width:30rem){.turning{gap:.4rem}.turning .button{flex:1;padding:.5rem .3rem;text-align:center}}
@media print{@page{size:landscape}.chips a[aria-current=true]{font-weight:700}.week{break-inside:avoid}}
`;
