"""What tasks have in common, as short texts: their tags, readable."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from evalwidgets.core.task import Tag, Task


def task_labels(tasks: Iterable[Task]) -> dict[str, tuple[str, ...]]:
    """Return the labels of each task, made from its tags.

    Parameters
    ----------
    tasks : iterable of Task
        Those that were rated.

    Returns
    -------
    dict
        Task id to texts such as "edit type: remove"; a tag that is simply true gives its
        name ("shadow"), one that is false gives nothing, a list gives one label each.

    Notes
    -----
    Tags may name the model or the truth of a task: labels are for the lead's eyes.
    """
    return {task.id: tuple(_labels_of(task)) for task in tasks}


def tag_label(name: str, value: Tag) -> str:
    """Return the label of one value of a tag; empty for one that is false."""
    words = name.replace("_", " ")
    if value is True:
        return words
    return "" if value is False else f"{words}: {_text(value)}"


def _labels_of(task: Task) -> Iterator[str]:
    for name, tag in task.tags.items():
        made = (tag_label(name, value) for value in (tag if isinstance(tag, tuple) else (tag,)))
        yield from filter(None, made)


def _text(value: Tag) -> str:
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
