"""What becomes of every code that an event can cause, as :mod:`emitir.paraguay.rules.coverage` does for documents."""

from __future__ import annotations

#: Where to the codes that are refused before sending; each has its breaking case in the tests.
_WHERE = {
    "forma del CDC": "4001 4102 4151 4201 4252 4451",
    "emisor y tipo del documento": "4454 4468",
    "plazos, con lo que se sabe del documento": ("4009 4010 4103 4114 4157 4206 4253 4263"),
    "eventos anteriores del documento": (
        "4003 4101 4113 4115 4150 4155 4156 4200 4204 4205 4251 4264 4452 4453"
    ),
    "rango de la inutilización": "4052 4067 4068",
    "receptor y fechas de la notificación y del desconocimiento": (
        "4104 4109 4111 4112 4154 4254 4259 4261 4262"
    ),
    "actualización del transporte": "4300 4318 4320 4321 4324 4335",
    "receptor de la nominación": "4456 4463 4474 4475 4476 4478",
}
EVENT_ENFORCED = {code: where for where, codes in _WHERE.items() for code in codes.split()}

#: Reason to the codes that no event of ours can cause.
EVENT_BY_CONSTRUCTION = {
    "Siempre se escribe la versión 150.": "4000",
    "RUC y dígito se escriben juntos, y solo para contribuyentes; si no, el documento.": (
        "4105 4106 4107 4108 4110 4255 4256 4257 4258 4260 4314 4317"
    ),
    "Código y nombre del lugar salen juntos de la tabla.": (
        "4301 4302 4303 4304 4305 4306 4307 4308 4471 4472 4473"
    ),
    "El modelo exige el dato en ese motivo.": ("4309 4310 4311 4312 4313 4319 4325 4328 4331 4332 4459 4467"),
    "El literal sale de la tabla de la DNIT y se escribe con su código.": (
        "4322 4323 4326 4327 4329 4330 4466"
    ),
    "La identificación del vehículo sale de qué dato se indicó.": "4333 4334",
    "Contribuyente: RUC y su tipo; no contribuyente: documento; nunca ambos.": "4457 4458 4460 4464 4465 4477",
    "El número de casa se escribe siempre con la dirección.": "4470",
}

#: Reason to the codes that only the authority can decide.
EVENT_AUTHORITY = {
    "Solo SIFEN sabe si el documento está aprobado, y con qué receptor.": "4002 4152 4202 4336 4469",
    "Depende del timbrado en Marangatu.": "4053 4054 4055 4060",
    "Solo SIFEN sabe qué números fueron usados o inutilizados.": "4065 4066",
    "SIFEN cuenta también los eventos que no pasaron por aquí.": "4116 4158 4207 4265",
    "Depende del RUC de otro contribuyente en Marangatu.": "4315 4316 4461 4462",
}
