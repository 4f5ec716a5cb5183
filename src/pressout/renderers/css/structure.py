"""Structure: what the markup needs of CSS whatever the theme is: where notes go, which marks say a task's state, how pages turn."""

# For print and EPUB alike; selectors are weak, so that a theme's own rule wins
BOTH = """\
.fraction { display: inline-block; text-align: left; }
td.align-left, th.align-left, .align-left { text-align: left; }
td.align-center, th.align-center, .align-center { text-align: center; }
td.align-right, th.align-right, td.align-decimal, th.align-decimal, .align-right, .align-decimal { text-align: right; }
.align-right, .align-decimal { font-variant-numeric: lining-nums tabular-nums; }
img, embed { max-width: 100%; }
.figure img, .figure embed { display: block; }
.figure-group > .panel { display: inline-block; margin-right: 1.5%; vertical-align: bottom; }
.figure, .table-frame, .code-figure, .code-block, .callout, h2, h3, h4, h5, h6 { clear: both; }
.place-left, .place-right { max-width: 60%; margin-top: 0.25em; }
.place-left { float: left; margin-right: 1.25em; }
.place-right { float: right; margin-left: 1.25em; }
.place-left img, .place-right img { width: 100%; }
.place-center > img, .place-center > embed { margin-left: auto; margin-right: auto; }
.place-center > .caption { text-align: center; }
.missing-picture { display: inline-block; padding: 0.5em 0.75em; border: 0.75pt dashed currentColor; }
.figure > .missing-picture { display: block; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; tab-size: 4; }
.long-line { display: inline-block; box-sizing: border-box; width: 100%; padding-left: 2em; text-indent: -2em; }
.long-line > * { text-indent: 0; }
.line { display: inline-block; padding-left: 2em; text-indent: -2em; white-space: pre-wrap; }
.task { list-style-type: "\\2610\\00a0"; }
.task.done { list-style-type: "\\2611\\00a0"; }
.note-reference, sup, sub { line-height: 0; }
.deep.deep { margin-inline: 0; padding-inline-start: 1em; padding-inline-end: 0; }
.deep .deep.deep { padding-inline-start: 0; }
.long-word { overflow-wrap: anywhere; }
.underline, .inserted { text-decoration: underline; }
.small { font-size: 0.85em; }
.large { font-size: 1.2em; }
.loose-heading { font-weight: bold; }
.endnote-list { list-style: none; padding: 0; }
.endnote-list > .note > p { margin: 0; text-indent: 0; }
"""

PRINT = """\
body, main { overflow-wrap: break-word; }
.footnote { float: footnote; footnote-display: block; text-indent: 0; }
.footnote::footnote-call, .footnote::footnote-marker { content: none; line-height: 0; vertical-align: baseline; }
.table-notes .footnote { float: none; display: block; }
.contents ol { list-style: none; }
.contents a::after { content: leader(" ") target-counter(attr(href), page); }
.contents-title { bookmark-level: none; }
.page-reference::after { content: target-counter(attr(href), page); }
[data-title] { bookmark-label: attr(data-title); }
.measured { table-layout: fixed; width: 100%; }
thead { display: table-header-group; }
li > ul, li > ol { break-before: auto; }
:is(h2, h3, h4, h5, h6, .lead-in):has(+ .turned), :is(h2, h3, h4, h5, h6):has(+ .lead-in:has(+ .turned)) { page: turned; }
.turned { page: turned; }
.turned:not(:has(+ .turned)) { break-after: page; }
.beside { line-height: 0; text-indent: 0; }
.beside > .figure { display: inline-block; width: 100%; margin: 0; }
.squeezed .table-head, .squeezed .table-cell { overflow-wrap: anywhere; hyphens: auto; }
tr, .figure, .missing-picture, .table-frame.short { break-inside: avoid; }
.long-row { break-inside: auto; }
.code-block { orphans: 4; widows: 4; }
caption, .code-figure > .caption, .question, .lead-in { break-after: avoid; }
.source-note, .table-notes, .attribution { break-before: avoid; }
"""

EPUB = """\
body { overflow-wrap: break-word; }
img { height: auto; }
h1, h2, h3, h4, h5, h6, .subtitle { text-wrap: balance; }
.cover { text-align: center; }
.cover img { max-height: 100vh; }
.contents ol { list-style: none; padding: 0; }
.table-frame { overflow-x: auto; }
.notes { margin-top: 2em; padding-top: 0.5em; border-top: 1px solid currentColor; }
.figure, tr { break-inside: avoid; }
caption, .question, .lead-in, div[role="doc-pagebreak"] { break-after: avoid; }
.source-note, .table-notes, .attribution { break-before: avoid; }
"""
