"""The catalogue of ``codigo_error``: stable constant names, never reused (docs/errores.md is made from it).

Each kind carries the HTTP code of the wire contract (400 wrong parameters, 403 wrong UUID or token,
406 format, 5xx fatal; no other is understood by old clients), whether the same call may pass later, a
title and what the person can do. A country adds the authority's own code to a problem, not a kind here.
"""

from __future__ import annotations

from dataclasses import dataclass

from emitir.i18n import N_


@dataclass(frozen=True, slots=True)
class Kind:
    """One ``codigo_error``: HTTP status, whether a retry may help, title and action (Spanish)."""

    code: str
    http: int
    title: str
    action: str
    retryable: bool = False


KINDS: dict[str, Kind] = {}


def _kind(code: str, http: int, title: str, action: str, retryable: bool = False) -> str:
    KINDS[code] = Kind(code, http, title, action, retryable)
    return code


VARIOS_ERRORES = _kind(
    "VARIOS_ERRORES",
    400,
    N_("La solicitud tiene varios errores"),
    N_("Corrija cada uno de los errores listados."),
)
# -- the form of the request
PROPIEDAD_DESCONOCIDA = _kind(
    "PROPIEDAD_DESCONOCIDA",
    400,
    N_("Propiedad desconocida"),
    N_("Corrija el nombre de la propiedad o quítela."),
)
PROPIEDAD_FALTANTE = _kind(
    "PROPIEDAD_FALTANTE", 400, N_("Falta una propiedad obligatoria"), N_("Agregue la propiedad con su valor.")
)
TIPO_INCORRECTO = _kind(
    "TIPO_INCORRECTO",
    400,
    N_("El valor no es del tipo esperado"),
    N_("Envíe un valor del tipo que se indica."),
)
FORMATO_INVALIDO = _kind(
    "FORMATO_INVALIDO",
    400,
    N_("El valor no tiene el formato exigido"),
    N_("Escriba el valor en el formato que se indica."),
)
PROPIEDAD_REPETIDA = _kind(
    "PROPIEDAD_REPETIDA", 400, N_("Una propiedad está repetida"), N_("Deje una sola vez cada propiedad.")
)
NUMERACION_INCORRECTA = _kind(
    "NUMERACION_INCORRECTA",
    400,
    N_("Una colección está mal numerada"),
    N_("Numere los elementos desde 1, sin saltos."),
)
VALOR_NO_PERMITIDO = _kind(
    "VALOR_NO_PERMITIDO",
    400,
    N_("El valor no está entre los permitidos"),
    N_("Use uno de los valores permitidos."),
)
CUERPO_ILEGIBLE = _kind(
    "CUERPO_ILEGIBLE",
    400,
    N_("El cuerpo de la solicitud no se puede leer"),
    N_("Revise que el cuerpo sea JSON o texto válido en UTF-8."),
)
FORMATO_NO_SOPORTADO = _kind(
    "FORMATO_NO_SOPORTADO",
    406,
    N_("Formato de solicitud ausente o no soportado"),
    N_("Envíe Content-Type application/json o text/plain, o X-Formato json o texto."),
)
COMANDO_DESCONOCIDO = _kind(
    "COMANDO_DESCONOCIDO", 400, N_("Comando desconocido"), N_("Use uno de los comandos de la documentación.")
)
METODO_NO_SOPORTADO = _kind(
    "METODO_NO_SOPORTADO", 400, N_("Método HTTP no soportado"), N_("Envíe el comando con POST.")
)
NO_AUTORIZADO = _kind(
    "NO_AUTORIZADO", 403, N_("UUID o token incorrecto"), N_("Revise el UUID de la empresa y su token.")
)
SOLICITUD_MUY_GRANDE = _kind(
    "SOLICITUD_MUY_GRANDE",
    400,
    N_("La solicitud es demasiado grande"),
    N_("Divida la operación o reduzca el contenido."),
)
# -- the content of a comprobante
NUMERO_IDENTIDAD_INVALIDO = _kind(
    "NUMERO_IDENTIDAD_INVALIDO",
    400,
    N_("El número de identidad no es válido"),
    N_("Verifique el número con su cliente."),
)
FECHA_FUERA_DE_PLAZO = _kind(
    "FECHA_FUERA_DE_PLAZO",
    400,
    N_("La fecha está fuera del plazo de envío"),
    N_("Emita el comprobante con la fecha de hoy."),
)
FECHA_FUTURA = _kind(
    "FECHA_FUTURA", 400, N_("La fecha es futura"), N_("Emita el comprobante con la fecha de hoy.")
)
TOTAL_NO_CUADRA = _kind(
    "TOTAL_NO_CUADRA",
    400,
    N_("Un importe no coincide con el cálculo"),
    N_("Corrija el importe u omítalo para que se calcule."),
)
REGLA_INCUMPLIDA = _kind(
    "REGLA_INCUMPLIDA",
    400,
    N_("El comprobante incumple una regla de la autoridad tributaria"),
    N_("Corrija el dato que se indica."),
)
DOCUMENTO_NO_HABILITADO = _kind(
    "DOCUMENTO_NO_HABILITADO",
    400,
    N_("Ese tipo de documento no está disponible"),
    N_("Use uno de los tipos disponibles."),
)
NUMERO_USADO = _kind(
    "NUMERO_USADO",
    400,
    N_("El número ya fue usado con otro contenido"),
    N_("Use el siguiente número de la serie."),
)
COMPROBANTE_NO_EXISTE = _kind(
    "COMPROBANTE_NO_EXISTE", 400, N_("El comprobante no existe"), N_("Revise la serie y el número.")
)
COMPROBANTE_NO_VALIDO = _kind(
    "COMPROBANTE_NO_VALIDO",
    400,
    N_("El comprobante no es válido"),
    N_("Corrija lo que dijo la autoridad tributaria y emita otro."),
)
ARCHIVO_NO_DISPONIBLE = _kind(
    "ARCHIVO_NO_DISPONIBLE",
    400,
    N_("El archivo todavía no existe"),
    N_("Espere la respuesta de la autoridad tributaria y vuelva a intentarlo."),
)
# -- the list of taxpayers
CONTRIBUYENTE_NO_EXISTE = _kind(
    "CONTRIBUYENTE_NO_EXISTE",
    400,
    N_("El contribuyente no figura en el padrón"),
    N_("Verifique el número o el nombre con su cliente."),
)
PADRON_NO_CARGADO = _kind(
    "PADRON_NO_CARGADO",
    400,
    N_("No hay un padrón de contribuyentes que consultar"),
    N_("Pida al administrador que cargue el padrón con «emitir padron load»."),
)
PADRON_ILEGIBLE = _kind(
    "PADRON_ILEGIBLE",
    400,
    N_("El padrón no se puede cargar"),
    N_("Corrija lo que se indica y vuelva a cargarlo; el padrón anterior sigue en uso."),
)
PROVEEDOR_NO_RESPONDE = _kind(
    "PROVEEDOR_NO_RESPONDE",
    503,
    N_("El proveedor de datos de contribuyentes no responde"),
    N_("Vuelva a intentarlo en unos minutos."),
    True,
)
BAJA_NO_PROCEDE = _kind(
    "BAJA_NO_PROCEDE",
    400,
    N_("No hay nada que dar de baja"),
    N_("Revise el estado del comprobante."),
)
REFERENCIA_USADA = _kind(
    "REFERENCIA_USADA",
    400,
    N_("La referencia ya fue usada con otro contenido"),
    N_("Use otra referencia para un comprobante nuevo."),
)
TICKET_NO_EXISTE = _kind(
    "TICKET_NO_EXISTE",
    400,
    N_("El ticket no existe"),
    N_("Revise el número del ticket: solo se consultan los de los envíos propios."),
)
# -- company, certificate, configuration
EMPRESA_INCOMPLETA = _kind(
    "EMPRESA_INCOMPLETA",
    400,
    N_("Faltan datos de la empresa"),
    N_("Complete la configuración de la empresa."),
)
EMPRESA_NO_EXISTE = _kind(
    "EMPRESA_NO_EXISTE", 400, N_("La empresa no existe"), N_("Revise el UUID de la empresa.")
)
EMPRESA_DUPLICADA = _kind(
    "EMPRESA_DUPLICADA",
    400,
    N_("La empresa ya está registrada"),
    N_("Use la empresa ya registrada o cambie su ambiente."),
)
CORREO_NO_CONFIGURADO = _kind(
    "CORREO_NO_CONFIGURADO",
    400,
    N_("La empresa no tiene servidor de correo"),
    N_("Pida al administrador que lo configure con «emitir company mail»."),
)
CERTIFICADO_CLAVE_INCORRECTA = _kind(
    "CERTIFICADO_CLAVE_INCORRECTA",
    400,
    N_("La contraseña del certificado no es correcta"),
    N_("Vuelva a escribir la contraseña del certificado."),
)
CERTIFICADO_ILEGIBLE = _kind(
    "CERTIFICADO_ILEGIBLE",
    400,
    N_("El certificado no se puede leer"),
    N_("Cargue un archivo PKCS#12 (.p12, .pfx) o PEM con su clave privada."),
)
CERTIFICADO_VENCIDO = _kind(
    "CERTIFICADO_VENCIDO",
    400,
    N_("El certificado está vencido"),
    N_("Renueve el certificado y cárguelo en la configuración."),
)
CERTIFICADO_NO_VIGENTE = _kind(
    "CERTIFICADO_NO_VIGENTE",
    400,
    N_("El certificado todavía no está vigente"),
    N_("Espere a su fecha de inicio o cargue otro certificado."),
)
CERTIFICADO_DE_OTRO_RUC = _kind(
    "CERTIFICADO_DE_OTRO_RUC",
    400,
    N_("El certificado es de otro contribuyente"),
    N_("Cargue el certificado de la empresa que emite."),
)
CERTIFICADO_NO_SIRVE = _kind(
    "CERTIFICADO_NO_SIRVE",
    400,
    N_("El certificado no sirve para firmar comprobantes"),
    N_("Cargue un certificado RSA de 2048 bits o más que permita firmar."),
)
CERTIFICADO_POR_VENCER = _kind(
    "CERTIFICADO_POR_VENCER",
    400,
    N_("El certificado vence pronto"),
    N_("Renueve el certificado y cárguelo antes de que venza."),
)
CONFIGURACION_INVALIDA = _kind(
    "CONFIGURACION_INVALIDA",
    400,
    N_("La configuración no es válida"),
    N_("Corrija la configuración que se indica."),
)
# -- the authority and ourselves
AUTORIDAD_RECHAZA = _kind(
    "AUTORIDAD_RECHAZA",
    400,
    N_("La autoridad tributaria rechazó el comprobante"),
    N_("Corrija el dato y emita con un número nuevo."),
)
AUTORIDAD_NO_RECIBE = _kind(
    "AUTORIDAD_NO_RECIBE",
    400,
    N_("La autoridad tributaria no recibió el comprobante"),
    N_("Corrija lo que se indica y vuelva a enviarlo con el mismo número."),
)
AUTORIDAD_NO_RESPONDE = _kind(
    "AUTORIDAD_NO_RESPONDE",
    503,
    N_("La autoridad tributaria no responde"),
    N_("No haga nada: el envío se reintenta solo."),
    True,
)
CONEXION_RECHAZADA = _kind(
    "CONEXION_RECHAZADA",
    400,
    N_("La autoridad tributaria no acepta la conexión"),
    N_("Revise las credenciales y el ambiente de la empresa."),
)
ERROR_INTERNO = _kind(
    "ERROR_INTERNO",
    500,
    N_("Error interno de Emitir"),
    N_("Vuelva a intentarlo; si continúa, avise al administrador con el número de solicitud."),
    True,
)
# -- the bot and its links
SIN_PERMISO = _kind(
    "SIN_PERMISO",
    403,
    N_("Su rol no permite esta operación"),
    N_("Pídalo al dueño de la empresa."),
)
CODIGO_DE_VINCULO_INVALIDO = _kind(
    "CODIGO_DE_VINCULO_INVALIDO",
    400,
    N_("El código de vinculación no sirve"),
    N_("Pida un código nuevo: dura 15 minutos y se usa una sola vez."),
)
DEMASIADOS_INTENTOS = _kind(
    "DEMASIADOS_INTENTOS",
    400,
    N_("Demasiados intentos"),
    N_("Espere unos minutos y vuelva a intentarlo."),
    retryable=True,
)
VINCULO_NO_EXISTE = _kind(
    "VINCULO_NO_EXISTE", 400, N_("El vínculo no existe"), N_("Revise la lista de vínculos de la empresa.")
)
BOT_NO_EXISTE = _kind("BOT_NO_EXISTE", 400, N_("El bot no existe"), N_("Revise la lista de bots."))
