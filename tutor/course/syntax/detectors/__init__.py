"""What an author really did where the parser stumbled, and how the line should read.

The parser says what it met, and often late: a key without a colon is noticed a line below. Each
function here looks for one kind of slip around the place the parser names. Where it proposes new
wording for a line, the parser is the judge: a slip is believed if the text then reads further.
"""
