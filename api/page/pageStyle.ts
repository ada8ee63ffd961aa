/** The look of a person's page: one column, large buttons, the reader's own colours. */
export const pageStyle = `
:root{color-scheme:light dark;--ink:#1c2330;--soft:#5b6577;--line:#d5dae3;--paper:#fff;--tint:#f5f7fa;--go:#1a7f4b;--no:#b3261e;--link:#0b6bcb}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ef;--soft:#9aa4b5;--line:#3a4352;--paper:#151a22;--tint:#1d242f;--go:#2c9a61;--no:#e5675f;--link:#6cb2ff}}
*{box-sizing:border-box}
body{margin:0;background:var(--tint);color:var(--ink);font:17px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}
main{max-width:32rem;margin:0 auto;padding:1.25rem 1rem 3rem}
h1{font-size:1.15rem;margin:0 0 1rem;color:var(--soft);font-weight:600}
section{background:var(--paper);border:1px solid var(--line);border-radius:14px;padding:1.1rem;margin:0 0 1rem}
p{margin:0 0 1rem}p:last-child{margin:0}
form{margin:0}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin:.5rem 0 0}
.row>*{flex:1 1 5.5rem}
button,.button{display:block;width:100%;min-height:48px;padding:.6rem .8rem;border:1px solid var(--line);border-radius:10px;background:var(--tint);color:var(--ink);font:inherit;text-align:center;text-decoration:none;cursor:pointer}
button.success{background:var(--go);border-color:var(--go);color:#fff;font-weight:600}
button.danger{color:var(--no)}
button:focus-visible,a:focus-visible{outline:3px solid var(--link);outline-offset:2px}
footer{display:flex;flex-wrap:wrap;gap:.5rem}
footer>*{flex:1 1 12rem}
`;
