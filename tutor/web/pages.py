"""The pages: to say who one is, to wait, and the one that shows the app."""

from dataclasses import dataclass
from html import escape

from tutor.web.register import SHORTEST_WORD

_WITHOUT_SCRIPTS = (
    "This page shows the program only with JavaScript. Without it, and with a screen reader, "
    "<code>tutor --plain</code> on your own computer serves you: one line per thing, nothing moves."
)


@dataclass(frozen=True)
class SignIn:
    """What the page that asks who one is shows.

    Attributes:
        coded: Whether the class code is asked for.
        said: What was wrong; empty where nothing was.
        code: The class code, as it was typed.
        name: The name, as it was typed.
    """

    coded: bool
    said: str = ""
    code: str = ""
    name: str = ""


def sign_in(about: SignIn) -> str:
    """The page that asks who one is."""
    code = (
        _field(
            "code",
            "Class code",
            about.code,
            "It stands on your teacher's screen.",
            more='autocomplete="off" autocapitalize="characters" spellcheck="false"',
        )
        if about.coded
        else ""
    )
    name = _field(
        "name",
        "Name",
        about.name,
        "Yours, or a pseudonym.",
        more='maxlength="60" autocomplete="off" spellcheck="false"',
    )
    word = _field(
        "word",
        "Your own word",
        "",
        f"It opens what you have done here, on any computer of the class. At your first visit you "
        f"choose it: at least {SHORTEST_WORD} characters, nobody else's, and none that you use "
        "elsewhere.",
        more='type="password" maxlength="200" autocomplete="off"',
    )
    said = f'<p class="said" role="alert">{escape(about.said)}</p>' if about.said else ""
    return _page(
        "Who is learning?",
        f"""{said}<form method="post" action="/">
{code}{name}{word}
<p class="buttons"><button name="way" value="on">Go on</button>
<button name="way" value="new">I am new here</button></p>
</form>
<p>What you do here is kept on your teacher's computer, your thoughts and notes as well; whoever
looks after it can read them.</p>
<noscript><p>{_WITHOUT_SCRIPTS}</p></noscript>""",
    )


def full(most: int) -> str:
    """The page for one too many; it looks again by itself."""
    return _page(
        "Every place is taken",
        f"<p>{most} learners are at work, and this computer serves no more at a time. This page "
        "looks again every ten seconds. Nothing of yours is lost meanwhile.</p>"
        '<form method="post" action="/leave"><button>Leave</button></form>',
        head='<meta http-equiv="refresh" content="10">',
    )


def refused(what: str, remedy: str = "") -> str:
    """The page that says why something was not done."""
    return _page(what, f"<p>{escape(remedy)}</p>" if remedy else "")


def app(name: str) -> str:
    """The page that shows the app to a learner.

    Its script is textual-serve's; it looks for these classes, and for the address of the socket.
    """
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>tutor: {escape(name)}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/static/css/xterm.css">
<link rel="stylesheet" href="/page/page.css">
<script src="/static/js/textual.js"></script>
<script src="/page/page.js" defer></script>
</head>
<body class="app">
<main>
<h1 class="unseen">tutor: {escape(name)}</h1>
<p class="unseen">This page draws a terminal, which a screen reader cannot read. On your own
computer <code>tutor --plain</code> says the same line by line.</p>
<noscript><p class="card">{_WITHOUT_SCRIPTS}</p></noscript>
<p id="begins" class="card" role="status">tutor begins …</p>
<div id="terminal" class="textual-terminal" data-session-websocket-url="" data-font-size="16"></div>
<div id="ended" role="status" hidden>
<p>The session has ended. What you answered is kept.</p>
<form method="get" action="/"><button id="again">Go on</button></form>
<form method="post" action="/leave"><button>Leave this computer to somebody else</button></form>
</div>
</main>
</body>
</html>
"""


def _field(name: str, label: str, value: str, about: str, *, more: str) -> str:
    first = " autofocus" if not value and name != "word" else ""
    return f"""<p><label for="{name}">{label}</label>
<input id="{name}" name="{name}" value="{escape(value)}" required{first}
 aria-describedby="{name}-about" {more}>
<small id="{name}-about">{about}</small></p>
"""


def _page(title: str, body: str, head: str = "") -> str:
    return f"""<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{escape(title)} – tutor</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/page/page.css">
{head}
</head>
<body>
<main class="card">
<h1>{escape(title)}</h1>
{body}
</main>
</body>
</html>
"""
