"""The words by which the heads of columns are known, in English and Welsh: patterns of plain heads."""

TIMESCALES = (
    r"time ?-?scales?|time ?frames?|time ?lines?|timing|by when|when|when by|deadlines?|target (?:completion )?dates?"
    r"|due(?: dates?| by)?|date due|(?:planned |expected |target )?completion(?: dates?)?|(?:planned )?end dates?"
    r"|milestone dates?|finish(?: dates?)?|when (?:will|do|should) .*|delivery dates?"
    r"|original (?:target )?(?:dates?|timescales?|deadlines?)"
)
WORDS: dict[str, str] = {
    "number": (
        r"(?:(?:action|objective|obj|priority|item|plan) )?(?:no|nos|nr|number|ref|reference|ref no|num|id)|#|item"
        r"|rhif|cyf|cyfeirnod"
    ),
    "status": (
        r"(?!.*(?:progress|update) ?(?:and|&|/)).*\b(?:status|rag|brag)\b.*|traffic light.*|state|r/a/g"
        r"|statws|cag|coa?g"
    ),
    "revised": (
        r"(?:revised|new|amended|extended|updated|current)"
        r" (?:(?:target|due|completion|end) )?(?:dates?|timescales?|deadlines?|completion)"
    ),
    "progress": (
        r"(?!.*\b(?:status|rag)\b).*\b(?:progress|updates?|updated)\b.*|(?:current |latest )?position\b.*"
        r"|.*\bcommentary.*|where are we now|achievements? to date|what (?:we have|we've) done.*"
        r"|cynnydd.*|diweddariad.*|y sefyllfa.*"
    ),
    "owner": (
        r".*\b(?:owners?|officers?|responsibility|responsible|accountable|whom)\b.*|who|who by|by who"
        r"|who will (?:do|lead|deliver).*|(?:action|lead) by|(?:project|action|delivery|service) lead"
        r"|lead (?:person|name|department|service|team)|team|swyddog.*|perchennog|cyfrifoldeb|pwy|tîm"
    ),
    "lead": (
        r"leads?|lead (?:\w+ )?(?:authority|authorities|council|councils|partners?|agency|agencies|body|organisations?)"
        r"|(?:partners?|authority|authorities|council|organisations?)(?: involved)?"
        r"|arweinydd|arwain|(?:awdurdod|cyngor|partner)(?: arweiniol)?|partneriaid"
    ),
    "outcome": (
        r".*\b(?:outcomes?|measures?|measured|targets?|outputs?|success|results?|milestones?|kpis?|indicators?)\b.*"
        r"|how (?:will we|we will|we'll|do we) (?:know|measure).*|what (?:will|does) (?:success|good) look like.*"
        r"|what will be different.*|canlyniad(?:au)?|mesur(?:au)?(?: llwyddiant)?|targed(?:au)?"
        r"|sut (?:y )?(?:byddwn|fyddwn) (?:ni(?:'n)? )?(?:yn )?gwybod.*"
    ),
    "timescale": rf"{TIMESCALES}|date|dates|amserlen|erbyn(?: pryd)?|pryd|dyddiad(?: (?:cau|targed|cwblhau))?",
    "action": (
        r"(?:\w+ )?(?:actions?|tasks?|activity|activities)"
        r"(?: (?:required|needed|to be taken|points?|description|plan))?"
        r"|what (?:will we|we will|we'll|are we going to|we are going to|we plan to|needs to be|must be).*"
        r"|what|what we need to do.*|how we will (?:do|achieve|get).*|how will we (?:do|achieve|get).*"
        r"|what actions? .*|initiatives?|projects?|commitments?|key steps?"
        r"|cam(?:au)?(?: gweithredu)?|gweithred(?:u|oedd)?|tasg(?:au)?|beth (?:fyddwn|byddwn) ni.*"
    ),
    "objective": (
        r"(?:\w+ )?(?:objectives?|priority|priorities|aims?|goals?|themes?)(?: (?:title|description|name))?"
        r"|what (?:do we|we) want to achieve.*|amcan(?:ion)?|blaenoriaeth(?:au)?|nod(?:au)?|thema|themâu"
    ),
}
"""Tried in this order: "lead officer" is an owner before it can be a lead."""
