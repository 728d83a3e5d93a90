"""The forms in which English news writes days and periods, as patterns."""

from __future__ import annotations

import re

from vigil.months import MONTH, WEEKDAY

_ORDINAL = r"(?:st|nd|rd|th)?"
_END = r"(?![\w-]*\d)(?!\w)"
_PART_OF_DAY = r"(?:\s(?:morning|afternoon|evening|night|lunchtime|noon|midnight))?"

DAY_NAME = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

# One day. The groups carry a suffix, so that two dates can stand in one pattern.
_FULL = (
    r"(?:(?P<iy{0}>\d{{4}})-(?P<im{0}>\d\d)-(?P<id{0}>\d\d)(?!\d)"
    rf"|(?:(?P<wa{{0}}>{WEEKDAY})(?:,?\s|\s\())?(?:the\s)?(?P<da{{0}}>\d{{{{1,2}}}}){_ORDINAL}(?:\sof)?"
    rf"\s(?P<ma{{0}}>{MONTH})"
    r"(?:,?\s(?P<ya{0}>(?:19|20)\d\d)(?!\d))?"
    rf"|(?:(?P<wb{{0}}>{WEEKDAY})(?:,?\s|\s\())?(?P<mb{{0}}>{MONTH})(?:\s|(?<=\.))(?:the\s)?"
    rf"(?P<db{{0}}>\d{{{{1,2}}}})(?!\d){_ORDINAL}"
    r"(?:,?\s(?P<yb{0}>(?:19|20)\d\d)(?!\d))?"
    r"|(?P<na{0}>\d\d?)[./](?P<nb{0}>\d\d?)[./](?P<ny{0}>(?:19|20)\d\d)(?!\d))"
)


def day_pattern(suffix: str = "") -> str:
    """Return the pattern of one calendar day; its groups end in ``suffix``."""
    return _FULL.format(suffix)


_TO = r"\s?(?:-|\u2013|\u2014|to|and|until|till|through)\s?"
_SMALL = r"one|two|three|four|five|six|seven|eight|nine|ten|\d{1,2}"
_NTH = r"first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|\d{1,2}(?:st|nd|rd|th)"

_BEGAN = (
    r"(?:began|begun|started|erupted|broke out|flared|flared up|resumed|kicked off|launched|spread)"
)

# "a week before the vote", "the day before Castro's visit": not counted from what was told last
_NO_EVENT = r"(?!\s(?:the|than|an?|his|her|their|its|this|last|next|yesterday|\w+day|(?-i:[A-Z])))"

# In the order of trying at one place; the longest match that starts first wins.
PATTERNS: dict[str, re.Pattern[str]] = {
    "date": re.compile(rf"(?<![\w/.-]){day_pattern()}{_END}", re.IGNORECASE),
    "range": re.compile(
        rf"(?:\b(?:from|between)\s)?(?<![\w/.]){day_pattern('1')}{_TO}(?:the\s)?{day_pattern('2')}{_END}",
        re.IGNORECASE,
    ),
    # "between 9 and 12 August", "4-6 March 2022"
    "days_of_month": re.compile(
        rf"(?:\b(?:from|between)\s(?:the\s)?)?(?<![\w/.-])(?P<first>\d{{1,2}}){_ORDINAL}{_TO}(?:the\s)?(?P<last>\d{{1,2}})"
        rf"{_ORDINAL}(?:\sof)?\s(?P<month>{MONTH})(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?",
        re.IGNORECASE,
    ),
    # "March 4-6, 2022", "from August 9 to 12"
    "month_of_days": re.compile(
        rf"(?:\b(?:from|between)\s)?(?<![\w/.-])(?P<month>{MONTH})(?:\s|(?<=\.))(?P<first>\d{{1,2}})"
        rf"{_ORDINAL}{_TO}(?P<last>\d{{1,2}})(?!\d|:\d){_ORDINAL}(?!\s?[ap]\.?m\b)(?:,?\s(?P<year>(?:19|20)\d\d)(?!\d))?",
        re.IGNORECASE,
    ),
    "since": re.compile(
        r"\b(?:since(?!\s(?:and|or|but)\b)|(?:counting|starting|beginning|reckoned) from"
        r"|beginning in)\s(?:the\s)?"
        rf"(?:(?:(?!{DAY_NAME}|yesterday)[\w' \u2019-]){{0,80}}?\s(?:on|of|in)\s"
        rf"|(?:(?!{DAY_NAME}|yesterday)[\w' \u2019-]){{0,60}}?\s{_BEGAN}\s(?:(?:late|early|in)\s)?"
        r"|(?:beginning|start|end)\sof\s)?(?:(?:last|this|this past)\s|(?:early|mid|late)[\s-])?"
        rf"(?:{day_pattern()}|(?P<month>{MONTH})"
        r"(?:\s(?:(?P<year>(?:19|20)\d\d)|(?P<ago>last|this) year))?"
        rf"|(?P<only>(?:19|20)\d\d)|(?P<weekday>{WEEKDAY}){_PART_OF_DAY}"
        rf"|(?P<count>an?|{_SMALL})\s(?P<unit>day|week)s?\sago"
        r"|(?P<yesterday>yesterday|last night))(?!\w)",
        re.IGNORECASE,
    ),
    "since_event": re.compile(
        r"\bsince\s(?:the\s|russia['\u2019]s\s|its\s|their\s|moscow['\u2019]s\s|putin['\u2019]s\s)?"
        r"(?:(?:start|beginning|outbreak|launch)\sof\s(?:the\s|russia['\u2019]s\s)?)?"
        r"(?P<what>(?:full-scale\s|russian\s)?(?:invasion|war|special\smilitary\soperation)"
        r"(?:\s(?:of|in|on|against)\s(?:the\s)?\w+)?)"
        r"(?:\s(?:began|started|begun|was launched|broke out))?",
        re.IGNORECASE,
    ),
    "as_of": re.compile(
        r"\b(?:as of|as at|up to|by the end of)\s(?:the\s)?(?:(?:early|late)\s)?"
        rf"(?:(?:morning|noon|afternoon|evening|night|end)\s(?:of|on)\s)?{day_pattern()}{_END}",
        re.IGNORECASE,
    ),
    "month": re.compile(
        r"\b(?:(?:in|during|throughout|last)\s(?:(?:early|mid|late)[ -])?"
        rf"(?P<month>{MONTH})"
        rf"|(?P<plain>{MONTH}))(?(plain),?\s(?:of\s)?|(?:,?\s(?:of\s)?)?)"
        r"(?:(?P<year>(?:19|20)\d\d(?!\d))|(?P<ago>last|this)\syear\b)?(?!\s?\d)(?!\w)(?!(?<=may)\sday\b)",
        re.IGNORECASE,
    ),
    "year": re.compile(
        r"\b(?:in|during|throughout)\s(?:(?:early|mid|late)[ -])?"
        r"(?P<year>(?:19|20)\d\d)(?![\w-]|,\d|\.\d|/)"
        r"(?!\s(?:people|cities|towns|detain|arrest|protest))",
        re.IGNORECASE,
    ),
    # "between 1991 and 1994"
    "years": re.compile(
        r"\b(?:between|from)\s(?P<year>(?:19|20)\d\d)\s?(?:and|to|until|till|through|-|\u2013)\s?"
        r"(?P<last>(?:19|20)\d\d)(?![\w-]|,\d|\.\d|/)",
        re.IGNORECASE,
    ),
    # "in the autumn of 2021"; a winter is of two years
    "season": re.compile(
        r"\b(?:in|during|over|throughout)\s(?:the\s)?(?:(?:early|late)\s)?"
        r"(?P<season>spring|summer|autumn|fall)(?:\sof)?\s(?P<year>(?:19|20)\d\d)(?!\w)",
        re.IGNORECASE,
    ),
    "weekday": re.compile(
        r"(?<![\w-])(?:(?P<mod>last|next|this|this past|past|coming|this coming|that"
        r"|the (?:previous|following)|(?:an?|any|each|every|one|another)(?:\s[a-z]+)?)\s)?"
        rf"(?P<weekday>{DAY_NAME})(?P<many>s?){_PART_OF_DAY}(?!\w)",
        re.IGNORECASE,
    ),
    # "on Saturday night and Sunday morning", "between Friday and Sunday"
    "weekdays": re.compile(
        rf"(?<![\w-])(?:last\s)?(?P<first>{DAY_NAME}){_PART_OF_DAY}"
        r"\s?(?P<to>-|\u2013|to|and|until|till|through)\s?(?:on\s)?"
        rf"(?P<last>{DAY_NAME}){_PART_OF_DAY}(?!\w)",
        re.IGNORECASE,
    ),
    "since_then": re.compile(r"\bsince then\b", re.IGNORECASE),
    "relative": re.compile(
        r"(?<![\w-])(?P<word>(?<!(?-i:USA) )today|yesterday|tonight|tomorrow|last night|overnight"
        r"|this (?:morning|afternoon|evening)"
        rf"|the (?:day|night) before{_NO_EVENT}"
        r"|the previous (?:day|night|evening|afternoon)"
        r"|a (?:day|week) earlier(?!\s(?:the|than|an?|his|her|their|its|\w+day))"
        rf"|a (?:day|week) before{_NO_EVENT}"
        r"|(?:that|the same) (?:day|night|evening|afternoon|morning)"
        r"|the (?:next|following) (?:day|morning|night|evening)"
        r"|the day after(?=[,.;:\u2013\u2014]|\s[-\u2013\u2014]|\s*$)"
        r"|a (?:day|week) later|a week ago"
        rf"|(?P<count>{_SMALL}) days (?P<way>ago|earlier|later))(?!\w)",
        re.IGNORECASE,
    ),
    # "over the two days before Sunday", "in the three days before the strike"
    "days_before": re.compile(
        rf"\b(?:over|in|during|for)\sthe\s(?P<count>{_SMALL})\sdays\sbefore"
        rf"(?:\s(?:on\s)?(?:{day_pattern()}|(?P<weekday>{DAY_NAME})))?(?!\w)",
        re.IGNORECASE,
    ),
    "holiday": re.compile(
        r"\b(?:International\s|World\s)?(?P<name>(?:[A-Z][a-z]+['\u2019]?s?['\u2019]?\s){1,2}"
        r"(?:Day|Eve)|may day)\b(?!\s(?:of|[A-Z]))"
    ),
    "weekend": re.compile(
        r"\b(?:(?:(?:for|over|on|at|during)\s)?(?:the|a)\s"
        rf"(?P<nth>{_NTH})\s(?:consecutive\s|straight\s)?weekend(?:\sin\sa\srow|\srunning)?"
        r"|(?:(?:over|at|on|during)\s)?(?P<mod>this past|this|last|the past|past|next|the coming"
        r"|coming|the previous|that|the)\s(?:long\s)?weekend|(?:an?|the|that)\s\w+\sweekend"
        r"|weekend(?=\s(?:protests?|rall(?:y|ies)|demonstrations?|marche?s?|unrest|clashes)))"
        r"(?!\w)",
        re.IGNORECASE,
    ),
    "span": re.compile(
        r"\b(?:(?:so far|earlier|already)\s)?(?P<mod>this|last|the last|past|the past"
        r"|the previous|previous|next|the coming"
        r"|(?:during|throughout|since the (?:start|beginning) of) the(?=\s\w+\b(?!\s(?:of|before"
        r"|after|that|when|leading|ending|starting|beginning|since|between)\b)))\s"
        r"(?P<unit>week|month|year)(?!\w|-old)",
        re.IGNORECASE,
    ),
    # "over the past five weeks", "in the previous four days"
    "days_past": re.compile(
        rf"\b(?:the\s)?(?P<mod>last|past|previous|preceding)\s"
        rf"(?P<count>{_SMALL}|few|several|couple of)\s(?P<unit>day|night|week|month|year)s(?!\w)",
        re.IGNORECASE,
    ),
    # "in the two weeks since the coup"
    "weeks_since": re.compile(
        rf"\b(?:in|over|during)\sthe\s(?P<count>{_SMALL})\s(?P<unit>day|night|week|month)s\ssince(?!\w)",
        re.IGNORECASE,
    ),
    "day_of_month": re.compile(
        r"\b(?:on|(?:night|morning|afternoon|evening) of) the (?P<day>\d{1,2})(?:st|nd|rd|th)"
        r"(?:\sof this month)?"
        r"(?!\s(?:of\b|floor|day|anniversary|century|birthday|time|straight))(?!\w)",
        re.IGNORECASE,
    ),
}

_MONTHS = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?"
    r"|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)(?![a-z])"
)
# Two patterns: Python skips ahead to the first sign of one that begins with signs of one sort.
_DATED = (
    re.compile(rf"\d(?:(?:st|nd|rd|th)?(?:\sof)?\s{_MONTHS}|[./-]\d\d?[./-]\d)"),
    re.compile(rf"{_MONTHS}\.?\s?(?:the\s)?\d"),
)
_NAMED = (re.compile(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"),)
# Characters around a hint in which a whole match lies, and what it looks ahead at, where that is
# less than usual.
REACHES: dict[str, int] = {
    "days_past": 64, "holiday": 64, "month": 64, "season": 64, "years": 60, "span": 60,
    "weekday": 60, "weekdays": 60,
}  # fmt: skip
# What no match of a pattern can do without, in small letters: one of these.
HINTS: dict[str, tuple[re.Pattern[str], ...]] = {
    "date": _DATED,
    "range": _DATED,
    "days_of_month": _DATED,
    "month_of_days": _DATED,
    "since": (re.compile(r"since|ing from|ing in|reckoned from"),),
    "since_event": (re.compile(r"since"),),
    "as_of": (re.compile(r"as\sof|as\sat|up\sto|end\sof"),),
    "month": (re.compile(_MONTHS),),
    "year": (re.compile(r"(?:in|during|throughout|early|mid|late)[\s-](?:19|20)\d\d"),),
    "years": (re.compile(r"(?:between|from)\s(?:19|20)\d\d"),),
    "season": (re.compile(r"spring|summer|autumn|fall"),),
    "weekday": _NAMED,
    "weekdays": _NAMED,
    "since_then": (re.compile(r"since"),),
    "relative": (
        re.compile(
            r"today|tonight|tomorrow|yesterday|night|(?:this|that|same|previous|next|following)\s(?:mor|aft|eve)|day|a\sweek"
        ),
    ),
    "holiday": (re.compile(r"\s(?:day|eve)\b"),),
    "weekend": (re.compile(r"weekend"),),
    "span": (re.compile(r"week|month|year"),),
    "weeks_since": (re.compile(r"s\ssince"),),
    "days_past": (re.compile(r"past|last|previous|preceding"),),
    "day_of_month": (re.compile(r"o[nf]\sthe\s\d"),),
    "days_before": (re.compile(r"days\sbefore"),),
}

# "the past few days": the fewest that can be meant
SMALL_NUMBERS = {"few": 3, "several": 3, "couple of": 2} | {
    word: n
    for n, word in enumerate(
        ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"], 1
    )
}
