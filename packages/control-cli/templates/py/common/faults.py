"""What a plugin's own functions did wrong, in words that name the line."""

import os

OURS = ("faults.py", "jlp.py", "spool.py")


def sendable(told):
    """What `summarize` returned, if it is a summary."""
    is_pair = isinstance(told, (tuple, list)) and len(told) == 2
    if not is_pair or not isinstance(told[0], dict) or told[1] not in ("worked", "idle", "passive"):
        wanted = 'summarize has to return (data, activity), such as ({"came": 1}, "worked"), or with "idle" or "passive"'
        raise TypeError("%s; it returned %.80r" % (wanted, told))
    return json_only(told[0], "data"), told[1]


def json_only(value, name):
    """The value, if JSON has all that is in it."""
    if isinstance(value, dict):
        for key, each in value.items():
            if not isinstance(key, (str, int, float, type(None))):
                raise TypeError("%s has the key %r, which JSON does not have" % (name, key))
            json_only(each, "%s.%s" % (name, key))
    elif isinstance(value, (list, tuple)):
        for index, each in enumerate(value):
            json_only(each, "%s[%d]" % (name, index))
    elif not isinstance(value, (str, int, float, type(None))):
        raise TypeError("%s is a %s, which JSON does not have" % (name, type(value).__name__))
    elif value in (float("inf"), float("-inf")) or value != value:
        raise ValueError("%s is %s, which JSON does not have" % (name, value))
    return value


def in_words(error, function, known=None):
    """What went wrong in a function, and in which line, as a sentence. Unless it is known, the whole way there goes to stderr,
    which is in the log."""
    import traceback  # as long as all goes well, nobody needs it

    here = os.path.dirname(os.path.abspath(__file__))
    frames = [(os.path.abspath(frame.filename), frame.lineno) for frame in traceback.extract_tb(error.__traceback__)]
    own = [at for at in frames if os.path.dirname(at[0]) == here and os.path.basename(at[0]) not in OURS]
    code = getattr(function, "__code__", None)  # of what returned, and then was wrong, there is no way any more
    path, line = own[-1] if own else (code.co_filename, code.co_firstlineno) if code else frames[-1]
    words = "%s:%d: %s: %s" % (os.path.basename(path), line, type(error).__name__, error)
    if own and words != known:
        traceback.print_exception(type(error), error, error.__traceback__)
    return words
