/** The look of the documentation: the reader's own colours (light or dark), one column on a phone. */
export const style = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--line:#dfe3ea;--paper:#fff;--tint:#f5f7fa;--read:#0b6bcb;--write:#1a7f4b}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--line:#313947;--paper:#151a22;--tint:#1d242f;--read:#6cb2ff;--write:#5fd08f}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
header,main,footer{max-width:54rem;margin:0 auto;padding:0 1rem}
header{padding-top:2rem}
h1{font-size:1.75rem;line-height:1.2;margin:0 0 .5rem}
h2{font-size:1.25rem;margin:2.5rem 0 .75rem}
h3{font-size:.8rem;margin:1rem 0 .25rem;color:var(--soft);font-weight:600}
p{margin:.25rem 0 .75rem}
a{color:var(--read);text-decoration-thickness:1px;text-underline-offset:2px}
nav{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:1rem}
nav a{padding:.45rem .75rem;border:1px solid var(--line);border-radius:99px;text-decoration:none;font-size:.9rem}
code,pre{font:.875em/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace}
pre{background:var(--tint);border:1px solid var(--line);border-radius:8px;padding:.75rem;white-space:pre-wrap}
ul{padding-left:1.2rem;margin:.5rem 0}
li{margin:.35rem 0}
details{border:1px solid var(--line);border-radius:8px;margin:.5rem 0;padding:0 .75rem}
details[open]{padding-bottom:.75rem}
details>span[id]{scroll-margin-top:4rem}
details:has(>span:target){border-color:var(--read)}
summary{cursor:pointer;padding:.6rem 0;display:flex;flex-wrap:wrap;gap:.15rem .6rem;align-items:baseline;list-style:none}
summary::-webkit-details-marker{display:none}
summary:focus-visible,a:focus-visible{outline:2px solid var(--read);outline-offset:2px;border-radius:4px}
.method{font:600 .75rem/1.5 ui-monospace,Menlo,Consolas,monospace;min-width:3.6rem}
.read{color:var(--read)}
.write{color:var(--write)}
.what{color:var(--soft);flex:1 1 14rem}
dl{margin:0}
dt{padding-top:.5rem;border-top:1px solid var(--line);margin-top:.5rem}
dl>dt:first-child{border-top:0;margin-top:0}
dt:target{background:var(--tint)}
dd{margin:.1rem 0 0;color:var(--soft);font-size:.925rem}
dd dl{margin:.5rem 0 0 .25rem;padding-left:.75rem;border-left:2px solid var(--line)}
small{color:var(--soft);font-size:.8rem}
small code{font-size:1em}
summary::after{content:'+';margin-left:auto;color:var(--soft);font-weight:600}
details[open]>summary::after{content:'−'}
footer{padding:2rem 1rem 3rem}
@media (max-width:30rem){.what{flex-basis:80%}}
`;
