"""The same rule set in the language of each peer, in its own idiom and its fastest honest form.

Each module has a `NAME` and `prepare(columns)`, which does what is done once (compiling, handing
the columns over) and returns what is timed: a function without arguments that scores everybody.
"""
