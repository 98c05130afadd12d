from . import evento, inutilizacion, nominacion, nota, remision
