from . import test_estados, test_importes, test_numeracion, test_revision, test_seguridad
