from core.translations import hooks  # noqa: F401 - registers them
