"""What a retención (20) and a percepción (40) call the same things, and the codes that each gives them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from emitir.sandbox.sunat import catalogs


@dataclass(frozen=True, slots=True)
class Kind:
    """One of the two. ``what`` and ``paid``: the words in its element names; ``codes``: its codes by rule.

    ``own``: the kind itself among the documents that it names, ``others``: the rest of them.
    """

    tipo: str
    what: str
    paid: str
    rates: Callable[[], Mapping[str, Decimal]]
    others: frozenset[str]
    number: str
    codes: Mapping[str, str]

    @property
    def reference(self) -> str:
        """The node of each document of which something is withheld."""
        return f"sac:SUNAT{self.what}DocumentReference"

    @property
    def information(self) -> str:
        """What is withheld of it, below the reference."""
        return f"sac:SUNAT{self.what}Information"

    @property
    def amount(self) -> str:
        """The amount withheld, below the reference."""
        return f"{self.information}/sac:SUNAT{self.what}Amount"

    @property
    def net(self) -> str:
        """What is paid in the end, below the reference."""
        return f"{self.information}/sac:SUNATNetTotal{self.paid}"

    @property
    def total(self) -> str:
        """What is paid in the end of all documents."""
        return f"sac:SUNATTotal{self.paid}"

    @property
    def system(self) -> str:
        """The régimen."""
        return f"sac:SUNAT{self.what}SystemCode"

    @property
    def percent(self) -> str:
        """Its rate."""
        return f"sac:SUNAT{self.what}Percent"

    @property
    def sign(self) -> int:
        """A retención is taken off what is paid, a percepción is put on it."""
        return -1 if self.tipo == "20" else 1


RETENTION = Kind(
    "20", "Retention", "Paid", catalogs.retention_rates, frozenset({"01", "12", "07", "08"}),
    r"(E001|[FR][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}",
    {
        "system": "2618", "percent": "2619", "sum": "2628", "currency": "2728", "total_format": "2730",
        "total": "2629", "total_currency": "2732", "date_missing": "2737", "period": "2661", "date": "2625",
        "id_missing": "2733", "id": "2734", "repeated": "2626", "paid_missing": "2735", "paid": "2736",
        "paid_currency": "2622", "amount_format": "2740", "amounts": "2623", "amount_currency": "2742",
        "net_format": "2746", "net_currency": "2748",
    },
)  # fmt: skip
PERCEPTION = Kind(
    "40", "Perception", "Cashed", catalogs.perception_rates, frozenset({"01", "03", "12", "07", "08"}),
    r"(E001|EB01|[FPB][A-Z0-9]{3}|[0-9]{4})-(?!0+$)[0-9]{1,8}",
    {
        "system": "2602", "percent": "2603", "sum": "2667", "currency": "2685", "total_format": "2687",
        "total": "2668", "total_currency": "2690", "date_missing": "2702", "period": "2659", "date": "2612",
        "id_missing": "2697", "id": "2698", "repeated": "2626", "paid_missing": "2699", "paid": "2700",
        "paid_currency": "2607", "amount_format": "2705", "amounts": "2608", "amount_currency": "2707",
        "net_format": "2711", "net_currency": "2713",
    },
)  # fmt: skip
