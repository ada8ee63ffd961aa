/** The look of members' pages: tables that become cards on a phone, the reader's own colours, paper without buttons. */
export const memberStyle = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#525c6d;--line:#d5dae3;--paper:#fff;--tint:#f2f4f8;--late:#b3261e;--wash:#fdf0ef;--link:#0a5cb0;--bar:#d6e6f8}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#a3adbd;--line:#3a4352;--paper:#151a22;--tint:#1d242f;--late:#ff8f87;--wash:#2c1e20;--link:#7cbaff;--bar:#1d3550}}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:16px/1.45 system-ui,sans-serif;overflow-wrap:break-word}
a{color:var(--link)}
.skip{position:absolute;left:-99rem}.skip:focus{left:.5rem;top:.5rem;background:var(--paper);padding:.5rem;z-index:9}
header nav{display:flex;flex-wrap:wrap;gap:.25rem;padding:.5rem 1rem;background:var(--paper);border-bottom:1px solid var(--line)}
header a{padding:.55rem .8rem;border-radius:8px;text-decoration:none}
header a[aria-current]{background:var(--tint);color:var(--ink);font-weight:600}
main{max-width:90rem;margin:0 auto;padding:1rem}main:focus{outline:0}
h1{font-size:1.35rem;margin:0}h2{font-size:1.05rem;margin:1.25rem 0 .5rem}
.fresh{color:var(--soft);margin:.15rem 0 .75rem;font-size:.875rem}.offline{display:none}
.stale .offline{display:inline;color:var(--late)}
.sum{font-size:1.05rem;font-weight:600;margin:0}
table{border-collapse:collapse;background:var(--paper);border:1px solid var(--line);width:100%}
td,td a,.counts th a{overflow-wrap:anywhere}th,td{padding:.5rem .65rem;text-align:left;vertical-align:top;border-top:1px solid var(--line)}
thead th{color:var(--soft);font-size:.8125rem;font-weight:600;border-top:0}
.over{display:grid;gap:0 2rem;grid-template-columns:minmax(0,30rem) minmax(0,1fr)}.counts{align-self:start}.counts th[scope=row]{font-weight:400}
.counts td,.counts th:not(:first-child){text-align:right}
.counts [aria-current]{font-weight:700}
small{display:block;color:var(--soft);font-size:.8125rem}
.late{color:var(--late);font-weight:600;white-space:nowrap}
.overdue td:first-child,li.overdue{box-shadow:inset 4px 0 var(--late)}
.overdue td,li.overdue{background:var(--wash)}
.deals .due{min-width:9rem}.deals .person{font-weight:600;min-width:9rem}
ul,.bars{list-style:none;margin:0;padding:0}
.chips{display:flex;flex-wrap:wrap;gap:.4rem}
.chips a,.button,button{display:inline-block;padding:.5rem .8rem;border:1px solid var(--line);border-radius:999px;background:var(--paper);color:var(--ink);text-decoration:none;font:inherit;cursor:pointer}
.chips [aria-current]{border-color:var(--link);box-shadow:inset 0 0 0 1px var(--link);font-weight:600}
.filter{display:flex;flex-wrap:wrap;gap:.6rem;align-items:end;margin:1.25rem 0 0}
.filter label{display:flex;flex-direction:column;font-size:.8125rem;color:var(--soft);max-width:100%}
.filter .tick{flex-direction:row;align-items:center;gap:.4rem;font-size:1rem;color:var(--ink);min-height:2.75rem}
select,input[type=date]{font:inherit;font-size:1rem;min-height:2.75rem;max-width:16rem;padding:.3rem .5rem;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:var(--ink)}
input[type=checkbox]{width:1.25rem;height:1.25rem}
button{background:var(--link);border-color:var(--link);color:var(--paper);font-weight:600}
.bars{max-width:34rem}.bars li{display:flex;justify-content:space-between;gap:1rem;padding:.3rem .6rem;margin:.25rem 0;border:1px solid var(--line);border-radius:6px;background:linear-gradient(90deg,var(--bar) calc(100%*var(--share)),var(--paper) 0)}
.turning{display:flex;flex-wrap:wrap;gap:.75rem;align-items:center;margin:.75rem 0}
.calls li{background:var(--paper);border:1px solid var(--line);border-top:0;padding:.5rem .75rem}.calls li:first-child{border-top:1px solid var(--line)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
@media (max-width:60rem){.over{grid-template-columns:minmax(0,1fr)}}
@media (max-width:45rem){
main{padding:.75rem}
.deals,.deals tbody,.deals tr,.deals td{display:block}.deals{border:0;background:none}
.deals thead{position:absolute;left:-99rem}
.deals tr{background:var(--paper);border:1px solid var(--line);border-radius:12px;padding:.6rem .75rem;margin:0 0 .6rem;overflow:hidden}
.deals td{border:0;padding:.1rem 0;background:none}
.deals .overdue{background:var(--wash);box-shadow:inset 4px 0 var(--late)}.deals .overdue td:first-child{box-shadow:none}
.deals .person a{display:block;padding:.3rem 0;font-size:1.05rem}.deals .stage,.deals .manager{color:var(--soft)}
.deals small{display:inline}.deals small::before{content:" · "}
th,td{padding:.45rem .35rem}
.chips{flex-wrap:nowrap;overflow-x:auto;padding:3px;margin:-3px}.chips a{white-space:nowrap}
.filter label{flex:1 1 8rem}.filter select{width:100%;max-width:none}.filter button,.filter .button{flex:1;text-align:center}
}
@media print{
body{background:#fff;color:#000;font-size:11px}header,.filter,.skip,.turning .button{display:none}
main{max-width:none;padding:0}tr{break-inside:avoid}*{print-color-adjust:exact}
}
`;
