"""Texts that people may type as a title or a remark: hostile, or only unusual."""

HOSTILE = (
    "a -> b <- c <-> d -- e >= f <= g ~= h … ... (c) (r) (tm) +- 1/2 \"x\" 'y'",
    "www.evil.example http://127.0.0.1:9/x https://evil.example mail@evil.example",
    "**Bold** _it_ `code` ``two`` :red[x] :smile: $x^2$ # ~~no~~ | a | b |",
    "<b>b</b> <img src=x onerror=alert(1)> <script>alert(1)</script> &amp; &#8212; \\* \\",
    "![a](http://127.0.0.1:9/a.png) [l](javascript:alert(1)) [^1] <http://127.0.0.1:9/>",
    ":material/home: :streamlit: :material/:material/x:",
    "`",
    "# heading",
    "- item",
    "1. item",
    "> quote",
    "مرحبا -> بكم (c) www.evil.example",
)

# With signs that nobody sees, and what is shown of them.
UNSEEN = {
    "evil\u202e3pm.exe": "evil⟨RLO⟩3pm.exe",
    "a\u2066b\u2069c\u200fd\u200e\u061c": "a⟨LRI⟩b⟨PDI⟩c⟨RLM⟩d⟨LRM⟩⟨ALM⟩",
    "zero\u200bwidth\ufeff": "zero⟨ZWSP⟩width⟨BOM⟩",
    "مرحبا بكم": "مرحبا بكم",
}
