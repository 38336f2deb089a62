import pathlib


def log_metric(name, value):
    folder = pathlib.Path("mlruns/0")
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(str(value))
