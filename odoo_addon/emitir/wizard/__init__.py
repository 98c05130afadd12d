from . import baja, correo, vinculo
