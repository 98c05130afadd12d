from . import baja
