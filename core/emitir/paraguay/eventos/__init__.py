"""Events of both roles (spec.md §12): their properties, their deadlines, their signed XML."""
