"""Which workbooks to regenerate: files, folders, patterns and manifests become jobs."""

from collections.abc import Sequence
from dataclasses import dataclass
from glob import has_magic
from pathlib import Path
from typing import NamedTuple

from hoka_excel.batch.remote import files_in
from hoka_excel.core.errors import UsageError, system_reason
from hoka_excel.core.messages import Message
from hoka_excel.report.addresses import address, is_remote
from hoka_excel.report.copies import NAME_END
from hoka_excel.workbook.kinds import WORKBOOKS
from hoka_excel.workbook.long_paths import reachable

BACKUP_FOLDER = "hoka-backup"


@dataclass(frozen=True, slots=True)
class Job:
    """One workbook to regenerate.

    Attributes:
        source: the workbook.
        target: where the result goes; the workbook itself when it is regenerated in place; None to write
            nothing and only tell what would change.
        backup: the folder for a dated copy of the workbook; None unless it is regenerated in place.
    """

    source: Path
    target: Path | None
    backup: Path | None = None


class Found(NamedTuple):
    """A workbook, and the folder whose folders below it are kept among the results."""

    root: Path
    source: Path


@dataclass(frozen=True, slots=True)
class Destination:
    """Where results go.

    Attributes:
        out: the folder for the results; None for in place.
        backups: the folder for dated copies of what is replaced; None for hoka-backup beside each workbook.
        dry_run: whether to write nothing at all.
    """

    out: Path | None = None
    backups: Path | None = None
    dry_run: bool = False

    def job(self, found: Found) -> Job:
        """Say what to do with a workbook."""
        place = found.source.relative_to(found.root)
        target = found.source if self.out is None else self.out / place
        if self.dry_run:
            return Job(found.source, None)
        if target.resolve() != found.source.resolve():
            return Job(found.source, target)
        beside = found.source.parent / BACKUP_FOLDER
        return Job(found.source, target, beside if self.backups is None else (self.backups / place).parent)


def jobs_of(found: Sequence[Found], destination: Destination) -> list[Job]:
    """List what to do, each workbook once, in the order given.

    Raises:
        UsageError: two results or two backups would land on one file; every such pair is listed.
    """
    jobs: dict[Path, Job] = {}
    for entry in found:
        jobs.setdefault(entry.source.resolve(), destination.job(entry))
    taken: dict[Path, Path] = {}
    faults = []
    for job in jobs.values():
        written = [job.target, job.backup and job.backup / job.source.name]
        for place in filter(None, written):
            other = taken.setdefault(place.resolve(), job.source)
            if other != job.source:
                values = {"where": address(place), "first": address(other), "second": address(job.source)}
                faults.append(Message("batch.collision", values))
    if faults:
        raise UsageError.of(faults)
    return list(jobs.values())


def workbooks_at(path: Path, out: Path | None = None, kinds: Sequence[str] = WORKBOOKS) -> list[Found]:
    """Find the workbooks that a path stands for; folders are searched, with everything below them.

    Passed over in a folder or pattern: lock files, hidden files, backups, and copies with findings.

    Args:
        path: a workbook, a folder, or a pattern such as faculteiten/**/begroting*.xlsx; here or in a store.
        out: the folder for the results, which is not searched when it lies inside another.
        kinds: the ends of the names to look for.

    Raises:
        UsageError: there is no such file or folder, no workbook in it, or the pattern is none.
    """
    if is_remote(path):
        root, files = files_in(path)
        found = [Found(root, file) for file in files if file == path or _is_named_as_one(file, kinds)]
        if not found:
            raise UsageError("batch.no_workbooks", where=address(path))
        return found
    try:
        is_folder = path.is_dir()
        if reachable(path).is_file():
            return [Found(path.parent, path)]
    except OSError as error:
        raise UsageError("batch.missing", where=path) from error
    if not is_folder and not has_magic(str(path)):
        raise UsageError("batch.missing", where=path)
    root, files = (path, list(path.rglob("*"))) if is_folder else _matches(path)
    results = out.resolve() if out is not None and root.resolve() in out.resolve().parents else None
    found = [
        Found(root, file)
        for file in sorted(set(files))
        if _is_named_as_one(file, kinds)
        and reachable(file).is_file()
        and results not in file.resolve().parents
    ]
    if not found:
        raise UsageError("batch.no_workbooks", where=path)
    return found


def _matches(pattern: Path) -> tuple[Path, list[Path]]:
    """Split a pattern at its first wildcard: the folder before it, and what matches below that folder."""
    first = next(number for number, part in enumerate(pattern.parts) if has_magic(part))
    root, parts = Path(*pattern.parts[:first]), pattern.parts[first:]
    if any("**" in part and part != "**" for part in parts):  # from Python 3.13 on it would mean "*"
        raise UsageError("batch.bad_pattern", where=pattern)
    return root, list(root.glob(str(Path(*parts))))


def _is_named_as_one(file: Path, kinds: Sequence[str]) -> bool:
    """Tell a workbook by its name from lock files, hidden files, backups and copies with findings."""
    return (
        file.suffix.lower() in kinds
        and not file.name.startswith(("~$", "."))
        and not file.stem.endswith(NAME_END)
        and BACKUP_FOLDER not in file.parts
    )


def workbooks_in(manifest: Path, out: Path | None = None) -> list[Found]:
    """Find the workbooks that a manifest lists: a path per line, from the folder of the manifest.

    Empty lines and lines that begin with # are passed over. Among the results, the folders of a relative path
    are kept.

    Args:
        manifest: a text file in UTF-8.
        out: the folder for the results.

    Raises:
        UsageError: the manifest cannot be read or lists nothing, or a line is no workbook; every such line is
            listed.
    """
    try:
        lines = manifest.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError("batch.manifest_unreadable", where=manifest, detail=system_reason(error)) from error
    found: list[Found] = []
    faults = []
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line.startswith("#"):
            continue
        try:
            listed = workbooks_at(Path(line) if is_remote(Path(line)) else manifest.parent / line, out)
        except UsageError as error:
            values = {"where": manifest, "line": number}
            faults += [Message("batch.manifest_line", {**values, "fault": fault}) for fault in error.faults]
        else:
            found += [_kept_below(manifest.parent, entry) for entry in listed]
    if faults:
        raise UsageError.of(faults)
    if not found:
        raise UsageError("batch.manifest_empty", where=manifest)
    return found


def _kept_below(folder: Path, entry: Found) -> Found:
    """Keep the folders between the manifest and a workbook, when the workbook lies below it."""
    below = entry.source.is_relative_to(folder) and ".." not in entry.source.relative_to(folder).parts
    return Found(folder, entry.source) if below else entry
