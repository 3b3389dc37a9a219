"""ipyannotations: the regions of reviews as shapes of its annotators, one JSON file a picture."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, cast

from evalwidgets.core.region import Region
from evalwidgets.core.review import Review
from evalwidgets.core.rubric import Rubric
from evalwidgets.core.task import JUDGED, Role, Task
from evalwidgets.errors import ExchangeError, ImageError
from evalwidgets.pictures.door import FORMATS, open_header, read_bytes
from evalwidgets.store.display import shown_size
from evalwidgets.store.exchange.carried import place_of, work_from
from evalwidgets.store.exchange.guessed import (
    guessed_review,
    guessed_task,
    regions_criterion,
    rubric_with_regions,
)
from evalwidgets.store.exchange.ipyannotations_shapes import from_ipyannotations, to_ipyannotations
from evalwidgets.store.exchange.json_file import checked, listed, mapping, read_json, write_json
from evalwidgets.store.exchange.picture_copies import copy_pictures
from evalwidgets.store.exchange.region_answers import (
    Marked,
    as_spelled,
    left_behind,
    marked,
    read_regions_only,
    regions_only,
)
from evalwidgets.store.exchange.work import Brought, Work, Written
from evalwidgets.store.tasks import TaskSet

FACTS = "evalwidgets.json"
_SHAPES = "shapes"


def write_ipyannotations(work: Work, folder: Path) -> Written:
    """Write the regions of work as shapes that an ipyannotations annotator takes as `data`.

    Parameters
    ----------
    work : Work
        Tasks and reviews.
    folder : Path
        Made when it is missing. It gets `images`, `evalwidgets.json` and `shapes` with one file a
        marked picture.

    Returns
    -------
    Written
        The files, and what shapes cannot hold.

    Notes
    -----
    A file names its picture, task, role and size; `reviews` lists for each review and
    criterion the `data` of an annotator (whole pixels), and beside it `regions`, which say
    what shapes cannot. `read_ipyannotations` gives a region back exactly while its shape
    stays as it was written, and takes the shape where it was changed.
    """
    copies = copy_pictures(work.tasks, folder)
    pictures: defaultdict[tuple[str, str], defaultdict[tuple[str, str], list[Marked]]]
    pictures = defaultdict(lambda: defaultdict(list))
    for one in marked(work):
        pictures[one.review.task, one.region.role][one.review.id, one.criterion].append(one)
    paths = [*copies.paths, write_json(folder / FACTS, regions_only(work, copies))]
    places = {task.id: place for place, task in enumerate(work.tasks)}
    lost = []
    for (task, role), answers in pictures.items():
        if (task, role) not in copies.of:
            raise ExchangeError([f"A region marks the picture {role!r}, which the task {task!r} lacks."])
        copy = copies.of[task, role]
        first = next(iter(answers.values()))[0]
        content = {
            "picture": copy.path,
            "task": task,
            "role": role,
            "size": copy.size or first.region.size,
            "reviews": [_entry(regions) for regions in answers.values()],
        }
        paths.append(write_json(folder / _SHAPES / f"{places[task]:06}-{role}.json", content))
        lost += [one for regions in answers.values() for one in regions]
    return Written(tuple(paths), (*copies.left_out, *_lost(lost), *left_behind(work, "ipyannotations")))


def read_ipyannotations(folder: Path, rubrics: Mapping[str, Rubric] | None = None) -> Brought:
    """Read shapes, ours or lists that someone saved from an annotator.

    Parameters
    ----------
    folder : Path
        Ours, or one that holds pictures and for each a `.json` file of the same name with the
        annotator's `data`.
    rubrics : mapping of str to Rubric, optional
        Hash to rubric: those that the files lack.

    Returns
    -------
    Brought
        Tasks, and reviews that hold their answers of regions alone.

    Raises
    ------
    ExchangeError
        If a file is missing, damaged or too large, or names a picture outside of the folder.
    """
    if not (folder / FACTS).exists():
        return _read_foreign(folder, rubrics or {})
    said: list[str] = []
    places: defaultdict[tuple[str, str], list[tuple[int, Any]]] = defaultdict(list)
    for path in sorted((folder / _SHAPES).glob("*.json")):
        content = mapping(read_json(path), str(path))
        role = str(content.get("role"))
        for index, one in enumerate(listed(content.get("reviews"), f"{path}.reviews")):
            where = f"{path}.reviews[{index}]"
            entry = mapping(one, where)
            key = (str(entry.get("review")), str(entry.get("criterion")))
            places[key] += _regions_of(entry, role, said, where)
    marks = {key: [one for _, one in sorted(found, key=lambda it: it[0])] for key, found in places.items()}
    facts = read_json(folder / FACTS)
    brought = read_regions_only(folder, facts, marks, rubrics, str(folder / FACTS))
    return Brought(brought.work, (*brought.left_out, *said))


def _entry(regions: Sequence[Marked]) -> dict[str, Any]:
    first = regions[0]
    return {
        "review": first.review.id,
        "reviewer": first.review.reviewer,
        "criterion": first.criterion,
        "data": list(to_ipyannotations(one.region for one in regions).shapes),
        "regions": [
            {
                "place": one.place,
                "region": one.region.model_dump(mode="json"),
                **({"spelled": dict(one.spelled)} if one.spelled is not None else {}),
            }
            for one in regions
        ],
    }


def _lost(regions: Sequence[Marked]) -> Iterator[str]:
    said = sum(bool(one.region.severity or one.region.cause or one.region.note) for one in regions)
    if said:
        yield f"{said} regions have a severity, a cause or a note, which no shape holds; it stands beside."
    parts = sum(any(side != round(side) for spot in one.region.points for side in spot) for one in regions)
    if parts:
        yield f"{parts} shapes were rounded to whole pixels; the region stands beside it."


def _regions_of(
    entry: Mapping[str, Any], role: str, said: list[str], where: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the regions of an entry with their places: as they were, where the shape still says so."""
    waiting = []
    for index, one in enumerate(listed(entry.get("regions"), f"{where}.regions")):
        at = f"{where}.regions[{index}]"
        facts = mapping(one, at)
        region = checked(Region, facts.get("region"), f"{at}.region")
        waiting.append((place_of(facts, at), region, as_spelled(region, facts.get("spelled"), at)))
    sizes = {region.size for _, region, _ in waiting}
    last = max((place for place, _, _ in waiting), default=0)
    for index, shape in enumerate(listed(entry.get("data"), f"{where}.data")):
        at = f"{where}.data[{index}]"
        drawn = mapping(shape, at)
        same = next((one for one in waiting if _drawn(one[1]) == drawn), None)
        if same is not None:
            waiting.remove(same)
            yield same[0], same[2]
            continue
        if not sizes:
            raise ExchangeError([f"{at}: the size of its picture is not known."])
        read = from_ipyannotations([drawn], role=cast(Role, role), size=next(iter(sizes)))
        said.append(f"{at} is new or was changed: it has no severity, cause or note.")
        said += [f"{at}: {sentence}" for sentence in read.understood]
        for region in read.regions:
            last += 1
            yield last, region.model_copy(update={"id": f"{role}-shape-{last}"}).model_dump(mode="json")


def _drawn(region: Region) -> dict[str, Any]:
    """Return a region's shape as JSON gives it back: lists, no tuples."""
    (shape,) = to_ipyannotations([region]).shapes
    return {name: _listed(value) for name, value in shape.items()}


def _listed(value: Any) -> Any:
    return [_listed(one) for one in value] if isinstance(value, list | tuple) else value


def _read_foreign(folder: Path, rubrics: Mapping[str, Rubric]) -> Brought:
    files = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not files:
        raise ExchangeError([f"{folder}: there is neither {FACTS} nor a .json file with shapes."])
    data = {path: [mapping(it, str(path)) for it in listed(read_json(path), str(path))] for path in files}
    labels = {str(shape.get("label") or "") for shapes in data.values() for shape in shapes}
    rubric, sentence = rubric_with_regions(rubrics, sorted(labels - {""}), "ipyannotations", str(folder))
    said = [sentence]
    tasks: list[tuple[int, Task]] = []
    reviews: list[tuple[int, Review]] = []
    for place, (path, shapes) in enumerate(data.items()):
        picture = _picture_of(path)
        task = guessed_task(path.stem, {"image": picture.name}, {}, str(path), said)
        role = cast(Role, JUDGED[task.kind])
        read = from_ipyannotations(shapes, role=role, size=_size_of(picture), classes=_classes(rubric))
        said += [f"{path.name}: {one}" for one in read.understood]
        value = [region.model_dump(mode="json") for region in read.regions]
        facts = {"reviewer": "unknown", "answers": {regions_criterion(rubric).id: {"value": value}}}
        alone = TaskSet([task], folder)
        review = guessed_review("ipyannotations", "", alone, task, rubric, facts, str(path), said)
        tasks.append((place, task))
        reviews.append((place, review))
    work = work_from(folder, tasks, {**rubrics, rubric.hash: rubric}, reviews)
    return Brought(work, tuple(dict.fromkeys(said)))


def _classes(rubric: Rubric) -> dict[str, str]:
    return {one.name: one.id for family in rubric.defects for one in family.classes}


def _picture_of(path: Path) -> Path:
    """Return the picture of the same name beside a file of shapes."""
    endings = {f".{one.lower()}" for one in (*FORMATS, "JPG")}
    beside = sorted(one for one in path.parent.glob(f"{path.stem}.*") if one.suffix.lower() in endings)
    if not beside:
        raise ExchangeError([f"{path}: no picture of this name lies beside it."])
    return beside[0]


def _size_of(path: Path) -> tuple[int, int]:
    try:
        with open_header(read_bytes(path), path) as found:
            return shown_size(found)
    except ImageError as error:
        raise ExchangeError([str(error)]) from None
