"""The words around a day that say what it is the day of, as patterns."""

from __future__ import annotations

import re

from consumers.extractor.date_patterns import DAY_NAME, day_pattern
from vigil.months import WEEKDAY

# A day right behind such words is the day of the telling: "the group said on Monday".
# "Ten arrests were reported on Sunday" is no telling: the arrests are Sunday's.
TOLD_BEFORE = re.compile(
    r"\b(?:said|says|told|(?<!were )(?<!was )(?<!been )(?<!are )(?:announced|reported|confirmed)"
    r"|admitted|emerged|revealed|tweeted|wrote|stated|statement|speaking|interview|briefing|stood|stands|updated"
    r"|(?:raised|lifted|revised|corrected|published|released|put) (?:its|the|their|a)"
    r"(?: \w+){1,2}(?= on\s)|(?:went|gone|going|worked|sifted) through)"
    r"(?: [\w\u2019'-]+(?:,\d+)?){0,4}(?: on| in)?\s+(?:late |early |earlier )?$",
    re.IGNORECASE,
)
# And right before such words: "OVD-Info on Tuesday raised its count", "at a Sunday briefing".
TOLD_AFTER = re.compile(
    r",?\s(?:\w+ly\s|again\s|also\s)?(?:said|told|announced|confirmed"
    r"|(?:(?:press|news) (?:conference|briefing)|briefing|statement|interview)\b"
    r"|(?:(?:[A-Z][\w-]+|the|group|monitors?)\s){0,4}"
    r"(?:raised|lifted|revised|corrected|updated|published|released|put)"
    r"\s(?:its|the|their|a|an|out)\b)"
)
# "said that Sunday's detentions": the day of those
OWNED = re.compile(
    r"['\u2019]s (?:\w+ ){0,2}(?:detentions?|arrests?|protests?|rall(?:y|ies)|march(?:es)?"
    r"|demonstrations?|clashes|unrest|riots?|crackdown)\b"
)
# "By Monday night the number had risen": when the number stood so.
UNTIL_BEFORE = re.compile(
    r"\bby\s(?:(?!and\b|police\b)[\w-]+\s){0,4}$",
    re.IGNORECASE,
)
TALLIED = re.compile(
    r"\b(?:numbers?|figures?|counts?|total(?:led)?|tally|toll|tot(?:ted|ting)|risen|rose|grown|grew"
    r"|reached|climbed|swollen|worked through)\b",
    re.IGNORECASE,
)

# "and that number has since grown to 150"
HAS_GROWN = (
    r"\b(?:that|the|this|which) (?:number|figure|total|tally|count)"
    r" (?:(?:has|had|have|since|now|later|soon|already|then|quickly) ){0,3}"
    r"(?:r[oi]sen?|gr[eo]wn?|climbed|increased|jumped|swelled|swollen|reached|gone up|went up)"
)
# "taken into custody on Monday": the day beside the verb
BESIDE = re.compile(
    r"(?:\sinto\s(?:custody|vans?|buses))?,?\s(?:(?:in|at|near|across) (?:the )?[A-Z]\w+ )?"
    r"(?:on |late |early |over |during |the )*"
)
# "over those five days", "all four days together", "in two days of unrest": the period spoken of
THOSE_DAYS = re.compile(
    r"\b(?:(?:those|these|the|all|in|over|during|after) "
    r"(?P<count>two|three|four|five|six|seven|eight|nine|ten|\d{1,2}) days"
    r"|(?:those|both|these) days"
    r"|(?P<spent>two|three|four|five|six|seven|eight|nine|ten|\d{1,2})"
    r" (?:straight |consecutive )?days"
    r"(?= of (?:\w+ ){0,2}(?:protest|demonstration|rebellion|unrest|clash|violence|riot|march|rall"
    r"|strike|action|disobedience|looting))"
    r"|(?:a|one|the) (?P<week>week)(?= of (?:\w+ ){0,2}(?:protest|demonstration|rebellion|unrest"
    r"|clash|violence|riot|march|rall|strike|disobedience|looting)))\b"
    r"(?! (?:ago|earlier|later|before|(?:of |in )?(?:administrative |his |her |their )?"
    r"(?:arrest|detention|jail|prison|custody|police custody)))",
    re.IGNORECASE,
)
# "23:38 - Police ...": an entry of a live page
STAMPED = re.compile(r"\W{0,3}\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\.?)?\s?[-\u2013\u2014:|]")
UNREST = re.compile(
    r"\b(?:protest|rall(?:y|ies)|march|demonstrat|detain|detention|arrest|clash|riot|unrest|police"
    r"|custody|strike|crowd|picket)",
    re.IGNORECASE,
)
# "The most since 23 January, when 4,000 were detained": a comparison, not a period.
COMPARED_BEFORE = re.compile(
    r"\b(?:largest|biggest|most|latest|worst|highest|heaviest|broadest|fiercest|first|never|not|unseen"
    r"|record|greatest)(?: [\w-]+){0,10} $",
    re.IGNORECASE,
)
COMPARED_AFTER = re.compile(r",? when\b", re.IGNORECASE)

# Before a weekday or a "weekend": what is planned lies ahead.
FUTURE_BEFORE = re.compile(
    r"\b(?:will|won['\u2019]t|planned|plans?|planning|due|scheduled|slated|upcoming|ahead of"
    r"|set (?:for|to)|expected (?:to|on)|vow(?:s|ed)? to|pledged to"
    r"|(?<!set out )(?<!gathered )(?<!tried )(?<!trying )(?<!attempted )(?<!attempting )(?<!came )"
    r"(?<!began )(?<!started )(?<!managed )(?<!wanted )(?<!went )to (?:be held|take place|hold"
    r"|begin|start|stage|appear|go on trial|protest|rally|march|gather|demonstrate)"
    r"|begins?|called for|calls? for|(?<!after )(?<!for )calling for|called on|urged|next)\b"
    r"(?:(?!\b(?:after|since|said|says|detained|arrested|were|was|had|when|following|earlier)\b)"
    r"[^.!?\n]){0,70}$",
    re.IGNORECASE,
)
FUTURE_AFTER = re.compile(
    r"['\u2019]s (?:planned|upcoming|scheduled|expected|trial|election|vote)\b", re.IGNORECASE
)
# "6th of October Bridge", "April 6 Movement", "Sunday Times": names that hold a day
NAME_AFTER = re.compile(
    r"\s(?:(?:River|Ring)\s)?(?:Bridge|Street|Square|Avenue|Boulevard|Road|City|University|Hospital"
    r"|Airport|Stadium|Movement|Brigades?|Committee|School|Plaza|Park|Coalition|Alliance|Front"
    r"|Revolution|Organi[sz]ation|Collective|Foundation|Party|Army|Mosque|Station|Barracks|Prison"
    r"|Tunnel|Hall|Market|District|Times|Telegraph|Mail|Express|Mirror|Herald|Mothers|Observer"
    r"|Post|Independent|World|Sun)\b"
    r"|\s(?:movement|alliance|coalition|brigades?|collective)\b"
)
NAME_BEFORE = re.compile(
    r"\b(?:(?:Mail|Sun|Independent|Scotland) [Oo]n|Bloody|Black|Mothers['\u2019]? of) $"
)
# "the eve of Sunday's vote", "a day after Sunday's march"
BESIDE_DAY = re.compile(
    r"\b(?:eve of|(?:a|the|one) (?:day|night) (?:before|ahead of|(?P<after>after)))\s(?:the\s)?$",
    re.IGNORECASE,
)
# "early on Thursday", "in the small hours of Thursday"
EARLY = re.compile(
    r"\b(?:early(?: hours)?|small hours|before dawn|predawn)(?: of| on)? (?P<day>today|this morning"
    rf"|{DAY_NAME})\b",
    re.IGNORECASE,
)
RUNNING_WEEKEND = re.compile(
    r"\bthis weekend\b|\bweekend (?:in a row|running)\b|\b(?:consecutive|straight) weekend\b",
    re.IGNORECASE,
)
# "those who died on June 4, 1989", "(speech, 4 October 1993)", "born on 3 May 1960"
HISTORY_BEFORE = re.compile(
    r"\b(?:born|died|dies|killed|anniversary of|in memory|speech|quot\w+|massacre"
    r"|founded|established|signed|adopted|ratified|enacted|treaty|act of|law of|independence"
    r"|assassinat\w+|elected|inaugurated|coup|historic\w*)\b[^.!?\n]{0,40}\Z",
    re.IGNORECASE,
)
# "the elections in March 2018", where all else is told of before: they lie ahead
VOTE_BEFORE = re.compile(
    r"\b(?:elections?|vote|polls?|referendum|summit|championship|world cup|olympics|trial)\s*\Z",
    re.IGNORECASE,
)

# What happens often, or happened long ago, is not of one day.
OFTEN = re.compile(
    r"\b(?:every|each|often|usually|routinely|regularly|repeatedly|frequently|sometimes|always|never"
    r"|as a rule|in the past|formerly|once|annual\w*|\w+days|(?:decades?|years?|months?|weeks?)"
    r" (?:ago|earlier|before|later)|(?:19|20)\d\ds|for (?:years|months|weeks|days))\b",
    re.IGNORECASE,
)

# "this morning, 5 April": the date says which day it is
OF_NOW = frozenset({
    "today", "yesterday", "tonight", "last night", "overnight", "this morning", "this afternoon",
    "this evening",
})  # fmt: skip
DATED_AFTER = re.compile(rf",?\s\(?(?:on\s)?(?:{WEEKDAY},?\s)?{day_pattern()}", re.IGNORECASE)
