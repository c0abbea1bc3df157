"""The words by which the heads of a register's columns are known: patterns of plain heads."""

_MEASURE = r"(?: (?:score|scores|rating|level|value|no|number))*(?: ?\([^)]*\))?"
SIZE = rf"(?:(?:risk|potential|level of) )*(?:impact|severity|consequence level){_MEASURE}|(?:risk )?[is]"
CHANCE = rf"(?:(?:risk|level of) )*(?:likelihood|probability){_MEASURE}|(?:risk )?[lp]"
RESULT = (
    r"(?:(?:overall|total|combined) )?(?:risk )?(?:score|scores|rating|level|total|rag|priority|exposure|factor)"
    r"(?: (?:score|rating|level))?(?: ?\([^)]*\))?|impact (?:x|×|\*) likelihood|likelihood (?:x|×|\*) impact|risk"
)
STAGES = {
    "inherent": r"(?:inherent|gross|raw|initial|original|uncontrolled|unmitigated|pre[- ]?mitigation)",
    "target": r"(?:target|desired|tolerable|planned|future)",
    "current": r"(?:current|residual|net|controlled|mitigated|post[- ]?mitigation|existing)",
}
"""Which of a risk's scores a head means, beside what is left of its words."""
_MANAGED = r"(?:managed|mitigated|treated|controlled|addressed|reduced|responded|handled|dealt)"
_MANAGE = r"(?:manag|mitigat|treat|control|reduc|address)(?:e|ing)?"
_HOW_MUCH = r"(?:well|good|effective(?:ly)?|much|many|far|often|soon|long|likely|severe|bad|big)"
_KINDS = r"(?:treat|tolerate|transfer|terminate)"
WORDS: tuple[tuple[str, str], ...] = (
    ("none", r"band|scheme(?: version)?|movement|above tolerance|who may read it|put forward|linked to"),
    ("nature", r"kind|threat(?: or |/)opportunity|opportunity(?: or |/)threat"),
    (
        "proximity",
        r"how (?:soon|near)|(?:risk )?proximity(?: of (?:the )?risk)?|time[- ]?(?:frame|horizon)|imminence",
    ),
    (
        "found",
        (
            r"(?:date )?found(?: on)?|(?:risk |date )?(?:identified|raised|opened|logged|added|entered) (?:on|date)"
            r"|date (?:risk |when )?(?:was )?(?:identified|raised|opened|logged|added|entered)|opened|raised"
        ),
    ),
    ("assumptions", r"(?:key |risk |main )?assumptions?(?: made)?"),
    ("owner-kind", r"owner is an?"),
    ("controls", r"what is in place"),
    ("rhythm", r"reviewed every|how often (?:is it )?reviewed|review (?:frequency|period|cycle)|frequency of review"),
    (
        "number",
        r"(?:risk )?(?:id|no|nos|nr|number|num|ref|reference|ref no|reference no|reference number|code)|#",
    ),
    (
        "reviewed",
        r"(?:date )?(?:last|of last) (?:reviewed|review|updated|assessed)(?: date| on)?|(?:date )?reviewed(?: on)?",
    ),
    (
        "review",
        r"(?:date of )?(?:the )?(?:next )?review(?: (?:date|due|by|on))*",
    ),
    (
        "kind",
        (
            r"(?:type|kind|nature) of (?:response|treatment|mitigation)"
            r"|(?:response|treatment|mitigation) (?:type|option|category|strategy|approach)|(?:the )?(?:4|four) ?t'?s"
            rf"|{_KINDS}(?:[ ,/]+(?:or )?{_KINDS})*"
        ),
    ),
    (
        "due",
        (
            r"by when|when|due(?: date| by)?|deadline|timescales?"
            r"|(?:target|action|completion|implementation|response) dates?|target completion date"
        ),
    ),
    (
        "owner",
        (
            r".*\b(?:owners?|owned by|responsib\w+|accountable|lead officer|risk lead)\b.*|who|lead|officer|manager"
            r"|by whom|(?:risk )?(?:managed|led) by"
        ),
    ),
    (
        "response",
        (
            rf"how (?!{_HOW_MUCH}\b).*\b(?:{_MANAGED}|manage|mitigate|treat|control|reduce)\b.*"
            rf"|{_MANAGED}.*|.*\b(?:mitigations?|mitigating|responses?|treatments?|countermeasures?)\b.*"
            r"|(?:\w+ )?(?:actions?|controls?|measures?)"
            r"(?: (?:required|needed|planned|in place|to be taken|plan|taken|measures|and actions?))*"
            r"|management(?: of (?:the )?risk)?|risk management"
            rf"|(?:actions?|steps?|measures?|plans?|arrangements?|ways?|approach)\b.* (?:to|for|of) {_MANAGE}\b.*"
        ),
    ),
    (
        "cause",
        (
            r"(?:root |risk |likely |possible )?(?:causes?|triggers?|sources?|reasons?)(?: of (?:the )?risk)?|caused by"
            r"|due to|vulnerability"
        ),
    ),
    (
        "effect",
        (
            r"(?:risk |possible |potential |likely )?(?:effects?|consequences?|results?|outcomes?|implications?)"
            r"(?: of (?:the )?risk)?|(?:impact|effect|consequence) (?:description|details?|on .*)|potential impacts?"
            r"|what (?:would|could|will|might) (?:happen|be the .*)"
        ),
    ),
    ("category", r"(?:risk )?(?:category|categories|type|theme|class|classification|group|area)"),
    (
        "description",
        (
            r"(?:(?:short|brief|full|detailed) )?(?:risk |event |hazard )?"
            r"(?:description|descriptions|title|name|event|statement|details?|summary)"
            r"(?: of (?:the )?(?:risk|event|hazard))?|(?:the )?(?:risks?|hazards?|events?|threats?)(?: identified)?"
            r"|what (?:may|might|could|can) (?:happen|go wrong)"
        ),
    ),
)
"""Tried in this order, after the scores: "Target date" is no score, "Risk owner" no description.

Nothing is read of a column of "none", which the preview names: our own files have them.
"""
BY_CELLS = frozenset({"kind", "type", "nature"})
"""Heads that may be of a risk or of a response: what stands under them says which."""
