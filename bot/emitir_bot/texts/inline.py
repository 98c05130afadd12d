"""What is shared in other chats."""

from emitir.i18n import N_

SHARED = N_("🧾 <b>{documento}</b> de {empresa}\n{fecha} · {total}")
ADDRESS = N_('<a href="{direccion}">Descargar el PDF</a>')
