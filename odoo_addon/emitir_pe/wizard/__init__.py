from . import notas
