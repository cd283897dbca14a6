"""What is said of each flaw of a template: what was found, what is allowed, how to mend it."""

from __future__ import annotations

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    # Files and YAML.
    "file": "{reason}.",
    "encoding": "the file is not UTF-8 from byte {start} on; save it as UTF-8.",
    "too-large": "the template is larger than {most} bytes; one needs a tenth of that.",
    "too-deep": "values are nested more than {most} deep; write them flatter.",
    "yaml": "this is not YAML: {found}. Mind the indentation and the space after each colon, and "
    'put text that contains ": ", " #", "{{" or "[" between quotes.',
    "alias": "aliases (*name) are not read; write it out.",
    "empty": "the file is empty; it begins with `template: NAME`.",
    # Keys and plain values.
    "table": "here stand keys with values; allowed: {allowed}.",
    "unknown-key": '"{name}" is not known here; allowed: {allowed}.',
    "duplicate-key": '"{name}" is written twice; remove one of them.',
    "missing-part": '"{name}" is missing; allowed: {allowed}.',
    "missing-key": '"{name}" is missing; write `{name}: ...` here.',
    "list": '"{name}" is a list; begin each of its items with "- ".',
    "text": '"{name}" is a text; put it between quotes if it begins with "[" or "{{".',
    "number": "\"{name}\" is '{found}'; allowed is a number from {low} to {high}.",
    "choice": "\"{name}\" is '{found}'; allowed: {allowed}.",
    "colour": "'{found}' is no colour; allowed is \"#RRGGBB\" between quotes, or a name under "
    "`colours:` ({names}).",
    # The page and its boxes.
    "orientation": "the page is {width} x {height} mm, which is not {found}; exchange width and "
    "height, or name the other orientation.",
    "beyond-page": "the box ends at {end} mm, beyond {most} mm; make it smaller, or begin it "
    "further to the left or higher.",
    "overlap": 'the boxes of "{one}" and "{other}" overlap; move one of them, or make it smaller.',
    "margin": '"{name}" comes within {found} mm of the edge; the page\'s margin is {margin} mm. '
    "Move the box inwards.",
    "two-star-rows": "the stars stand in two fields; one row of them is drawn.",
    "same-name": 'two fields are called "{name}"; rename one of them.',
    # Texts.
    "text-length": "the text has {found} characters; allowed are {most}.",
    "unknown-fact": '"{{{name}}}" is no fact; allowed: {allowed}.',
    "brace": 'a "{{" and its "}}" stand around the name of a fact, as in {{serial}}.',
    "size": '"{name}" is {found} mm; allowed is {low} to {high} mm: no larger than `size`, and no '
    "smaller than `smallest`, which is at least 60 % of it.",
    "spacing": '"spacing" is {found} mm; letters of this size may come at most {most} mm closer. '
    "Write a larger number.",
    "no-glyph": "no font has {character} ({point}); write another character, or put a font that "
    "has it into the folder of fonts.",
    # How much there may be.
    "too-many": "there are {found} {name}; at most {most} are drawn. Leave some out.",
    "too-fine": "the ornaments take {found} curves; at most {most} are drawn. Give waves a larger "
    "step and borders a broader band, or leave some out.",
    "too-much-micro": "the fine lines hold up to {found} letters; at most {most} are set. Make "
    "their letters larger, their boxes shorter, or leave one out.",
    # Pictures.
    "no-pictures": 'there is no picture called "{found}", for none was uploaded; upload it to this '
    "template first.",
    "unknown-picture": 'there is no picture called "{found}"; allowed: {allowed}.',
    "too-heavy": "the pictures take {found} KB in every file; at most {most} KB are taken. Upload "
    "smaller ones, or leave one out.",
    # What must be there.
    "needs-code": "no field shows the QR code, so that nobody could verify what is printed; add "
    "one with `shows: code`.",
    "needs-fact": "no text shows {fact}, which the registry pins; add a field with "
    '`text: "{{{fact}}}"` (on a {kind}: {allowed}).',
    "needs-fact-usual": "{fact} is shown only at the level of a model; add a field with "
    '`text: "{{{fact}}}"` and `for: usual`, or leave `for: model` out.',
    "needs-fact-model": "{fact} is not shown at the level of a model; add a field with "
    '`text: "{{{fact}}}"` and `for: model`, or leave `for: usual` out.',
    "needs-fact-alone": "{fact} is left out where {others} is missing; give it a field of its own.",
    "small-code": "the box of the QR code is {found} mm; it must be {least} mm or more both ways "
    "to be read from paper.",
    "small-text": '"{name}" may become {found} mm small; what the registry pins must not be '
    "smaller than {least} mm. Give it a larger `size` or `smallest`.",
    "pale": '"{name}" is hardly to be seen on what lies under it: contrast {found}, needed is '
    "{least}. Choose a darker or a lighter colour, or another ground.",
    "unreadable-code": "the QR code cannot be read from the page: put a white panel under it, keep "
    "ornaments and pictures away, or make its box larger.",
    "no-room": '"{name}" has no room for "{found}" even at its smallest size; make its box larger, '
    "or allow two lines.",
}
"""A sentence for each code, with the values of the problem in braces."""
