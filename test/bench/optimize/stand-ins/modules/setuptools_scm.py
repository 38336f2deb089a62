import pathlib


def infer(distribution):
    if pathlib.Path("pyproject.toml").is_file() and "[tool.setuptools_scm]" in pathlib.Path("pyproject.toml").read_text():
        if not pathlib.Path(".git/HEAD").is_file():
            raise LookupError("setuptools-scm was unable to detect version: no .git")
        distribution.metadata.version = "1.2.3"
