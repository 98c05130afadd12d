"""``/ventas``: today, the week, the month; totals by type and currency, the change, and a chart."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from emitir_bot.chart import Bar, chart
from emitir_bot.countries import HABITS
from emitir_bot.formats import day, money, type_name
from emitir_bot.language import Markup
from emitir_bot.order import Handler, Order
from emitir_bot.texts import ventas as texts
from emitir_bot.turn import Keyboard, Turn

#: Words of a sentence to a period of the service.
_WORDS = (("mes anterior", "mes_anterior"), ("mes pasado", "mes_anterior"), ("ayer", "ayer"), ("semana", "semana"),
          ("mes", "mes"))  # fmt: skip


async def run(turn: Turn) -> None:
    """The period that is named; today without one."""
    words = turn.text.lower()
    await _tell(turn, next((period for word, period in _WORDS if word in words), "hoy"))


async def _tell(turn: Turn, period: str) -> None:
    answer = await turn.ask("resumen_ventas", periodo=period)
    text = _text(turn, period, answer)
    bars, moneda = _bars(answer)
    if len(bars) > 1:
        label = turn.say(texts.CHART, moneda=moneda)
        picture = await turn.central.run(lambda: chart(str(label), bars))
        await turn.picture(picture, text, _keyboard(period))
    else:
        await turn.reply(text, _keyboard(period))


def _keyboard(period: str) -> Keyboard:
    return [[(label, f"ventas:{name}") for name, label in texts.PERIODS.items() if name != period]]


def _text(turn: Turn, period: str, answer: dict[str, Any]) -> Markup:
    title = texts.TITLE_DAY if answer["desde"] == answer["hasta"] else texts.TITLE
    period_name = turn.say(texts.PERIODS[period])
    desde, hasta = day(answer["desde"]), day(answer["hasta"])
    lines = [turn.say(title, empresa=turn.link.name, periodo=period_name, desde=desde, hasta=hasta), ""]
    earlier = {one["moneda"]: Decimal(str(one["total"])) for one in answer["anterior"].get("ventas", [])}
    for one in answer.get("ventas", []):
        moneda, total = one["moneda"], Decimal(str(one["total"]))
        shown = {name: money(one[name], moneda, turn.link) for name in ("total", "igv")}
        total_text = HABITS[turn.link.pais].total if turn.link.pais in HABITS else texts.TOTAL
        lines.append(turn.say(total_text, cantidad=one["cantidad"], **shown))
        lines.append(_change(turn, total, earlier.get(moneda, Decimal(0)), moneda))
        lines += [
            turn.say(
                texts.BY_TYPE,
                tipo=type_name(turn, str(part["tipo"])),
                cantidad=part["cantidad"],
                total=money(part["total"], moneda, turn.link),
            )
            for part in answer.get("por_tipo", [])
            if part["moneda"] == moneda
        ]
    if not answer.get("ventas", []):
        lines.append(turn.say(texts.NOTHING))
    counts = {name: int(answer[name]) for name in ("pendientes", "rechazados", "anulados")}
    if any(counts.values()):
        lines += ["", turn.say(texts.OPEN, **counts)]
    return Markup("\n".join(lines))


def _change(turn: Turn, total: Decimal, earlier: Decimal, moneda: str) -> Markup:
    if earlier <= 0:
        return turn.say(texts.NO_COMPARISON)
    change = (total - earlier) / earlier * 100
    arrow = "📈" if change >= 0 else "📉"
    shown = money(earlier, moneda, turn.link)
    return turn.say(texts.COMPARED, flecha=arrow, cambio=f"{change:+.0f} %", total=shown)


def _bars(answer: dict[str, Any]) -> tuple[list[Bar], str]:
    """Every day of the period in the currency that sold most; for a single day, that of before beside it."""
    if not answer.get("ventas", []):
        return [], ""
    moneda = max(answer["ventas"], key=lambda one: Decimal(str(one["total"])))["moneda"]
    totals = {
        one["fecha"]: Decimal(str(one["total"])) for one in answer["por_dia"] if one["moneda"] == moneda
    }
    first, last = date.fromisoformat(answer["desde"]), date.fromisoformat(answer["hasta"])
    if first == last:
        before = answer["anterior"]
        totals[before["desde"]] = sum(
            (Decimal(str(one["total"])) for one in before.get("ventas", []) if one["moneda"] == moneda),
            Decimal(0),
        )
        first = date.fromisoformat(before["desde"])
    days = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    return [Bar(f"{one:%d/%m}", totals.get(one.isoformat(), Decimal(0))) for one in days], moneda


def _press(period: str) -> Handler:
    async def press(turn: Turn) -> None:
        await turn.acknowledge()
        await _tell(turn, period)

    return press


ORDER = Order("ventas", run, presses={name: _press(name) for name in texts.PERIODS})
