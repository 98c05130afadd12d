"""What SUNAT asks of the concepts of an item (catalog 55): which belong together, and how each is written.

Data only; :mod:`emitir.sandbox.sunat.rules.properties` holds the rules. Source: sheets Factura2_0 and Boleta2_0.
"""

from __future__ import annotations

from emitir.sandbox.sunat.rules.table import any_text, code_set, decimal

#: Concepts that every line of a type of operation says (catalog 51), and the code of a missing one.
OF_OPERATION: dict[str, dict[str, str]] = {
    "1002": {
        "3001": "3063", "3002": "3130", "3003": "3131", "3004": "3132", "3006": "3133", "3005": "3134",
    },
    "0202": {
        "4009": "3136", "4008": "3137", "4000": "3138", "4007": "3139", "4001": "3140", "4002": "3141",
        "4003": "3142", "4004": "3143", "4006": "3144", "4005": "3145",
    },
    "0205": {"4000": "3138", "4007": "3139", "4008": "3137", "4009": "3136"},
    "0301": {"4030": "3168", "4031": "3169", "4032": "3170", "4033": "3171"},
    "0302": {
        "4040": "3159", "4041": "3160", "4042": "3161", "4043": "3162", "4044": "3163", "4045": "3164",
        "4046": "3165", "4047": "3166", "4048": "3167", "4049": "3204",
    },
}  # fmt: skip
#: Operations that only a factura has.
FACTURA_ONLY = frozenset({"0202", "0205"})
#: Sales to the State: one of them calls for the others.
OF_STATE = {"5000": "3146", "5001": "3147", "5002": "3148", "5003": "3149"}
#: Interest of a mortgage: always, and when it is for a first home.
OF_MORTGAGE = {"7001": "3150", "7004": "3152", "7005": "3153"}
OF_FIRST_HOME = {"7003": "3151", "7006": "3154", "7007": "3155"}

#: Concepts with a value, a date, a time; with a quantity or a duration.
WITH_VALUE = code_set("""
    3001 3002 3003 3004 3050 3051 3052 3053 3054 3055 3056 3057 3058 4000 4001 4007 4008 4009 4030 4031 4032 4033
    4040 4041 4042 4043 4044 4045 4046 4049 5000 5001 5002 5003 7000 7001 7002 7003 7004 7005 7006 7007 7008 7009
    7010 7011 7012 7013 7015 7016
    """)
WITH_DATE = frozenset({"3005", "3059", "4002", "4003", "4004", "4006", "4048"})
WITH_TIME = frozenset({"3060", "4047"})
QUANTITY, DURATION = "3006", "4005"

_DATE = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_AMOUNT = rf"(?=.*[1-9]){decimal(15, 2)}"
#: How a value is written.
FORMATS: dict[str, str] = {
    "3001": any_text(1, 15),
    "3002": any_text(1, 100),
    "3003": any_text(1, 150),
    "3004": any_text(1, 100),
    "3050": any_text(1, 20),
    "3051": any_text(3, 20),
    "3052": any_text(3, 15),
    **dict.fromkeys(("3054", "3056", "3058"), any_text(3, 200)),
    **dict.fromkeys(("4007", "4031", "4033", "4040", "4043", "4045", "7007"), any_text(3, 200)),
    "4009": any_text(3, 20),
    "4046": any_text(1, 100),
    "4049": any_text(1, 20),
    "5000": any_text(1, 20),
    "5001": any_text(1, 10),
    "5002": any_text(1, 30),
    "5003": any_text(1, 30),
    "7003": any_text(3, 50),
    "7004": any_text(3, 50),
    "7005": _DATE,
    "7012": _AMOUNT,
    "7013": any_text(1, 50),
    "7015": "[123]",
    "7016": _AMOUNT,
}
#: Values that are codes of a catalog.
CATALOGS: dict[str, str] = {
    "3053": "06", "3055": "13", "3057": "13", "4000": "04", "4001": "04", "4008": "06", "4030": "13", "4032": "13",
    "4041": "06", "4042": "13", "4044": "13", "7001": "26", "7002": "27", "7006": "13",
}  # fmt: skip
