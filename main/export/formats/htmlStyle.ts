/** How an exported page looks. On paper always dark on light, with the heads of tables on every page. */
export const htmlStyle = `
:root{color-scheme:light dark;--back:#fff;--fore:#1b1a19;--dim:#605e5c;--line:#d2d0ce;--head:#f3f2f1;--good:#0b6a0b;--info:#0f5c9c;--bad:#a4262c;--wait:#605e5c}
@media (prefers-color-scheme:dark){:root{--back:#1f1f1f;--fore:#f0f0f0;--dim:#adadad;--line:#484644;--head:#292827;--good:#6ccb5f;--info:#75b6e7;--bad:#f1707b;--wait:#adadad}}
@media print{:root{color-scheme:light;--back:#fff;--fore:#000;--dim:#444;--line:#999;--head:#eee;--good:#0b6a0b;--info:#0f5c9c;--bad:#a4262c;--wait:#444}}
*{box-sizing:border-box}
body{margin:1.5rem auto;max-width:76rem;padding:0 1rem;background:var(--back);color:var(--fore);font:13px/1.4 "Segoe UI","Open Sans",system-ui,sans-serif}
h1{font-size:1.6rem;font-weight:600;margin:0}h2{display:inline;font-size:1.05rem;font-weight:600;margin:0;overflow-wrap:anywhere}
header{border-bottom:2px solid var(--line);margin-bottom:1rem}header p{color:var(--dim);margin:.3rem 0 .8rem}
article{border:1px solid var(--line);border-radius:3px;margin:0 0 1rem;padding:.6rem .9rem}
summary{cursor:pointer}summary:focus-visible{outline:2px solid var(--info);outline-offset:2px}
dl{display:grid;grid-template-columns:repeat(auto-fill,minmax(25rem,1fr));gap:.15rem 1.5rem;margin:.6rem 0}
dl div{display:flex;gap:.5rem}dt{color:var(--dim);min-width:5rem}dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;margin:.6rem 0}
caption{text-align:left;font-weight:600;padding:.2rem 0}
th,td{text-align:left;vertical-align:top;padding:.2rem .5rem;border-bottom:1px solid var(--line);overflow-wrap:anywhere}
th{background:var(--head);font-weight:600}
time{white-space:nowrap;font-variant-numeric:tabular-nums}small,.kind,.message,.none{color:var(--dim)}small{white-space:nowrap}
.value,.message,.error span{white-space:pre-wrap}
td:first-child{white-space:nowrap}
.d1{padding-left:1.5rem}.d2{padding-left:2.5rem}.d3{padding-left:3.5rem}.d4{padding-left:4.5rem}.d5{padding-left:5.5rem}.d6{padding-left:6.5rem}
.status{white-space:nowrap;font-weight:600}.status::before{content:"\\25cf  "}
.Completed{color:var(--good)}.Completed::before{content:"\\2713  "}.SucceedWithInfo{color:var(--info)}.SucceedWithInfo::before{content:"\\2139  "}
.Failed{color:var(--bad)}.Failed::before{content:"\\2717  "}.Canceled,.NotStarted{color:var(--wait)}.Running{color:var(--info)}
.error{border-left:4px solid var(--bad);background:var(--head);padding:.4rem .8rem;margin:.6rem 0}.error p{margin:.2rem 0}.error b{display:inline-block;min-width:11rem}
@media print{body{margin:0;max-width:none;padding:0;font-size:10pt}article{border:0;padding:0}thead{display:table-header-group}tr{break-inside:avoid}h2{break-after:avoid}summary{list-style:none}}
`;
