"""The file of answers that the import command is given."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from smartct_desktop.domain.errors import Trouble
from smartct_desktop.domain.sentence import Sentence

_HOW = Sentence("Write the answers as an object: question id, colon, answer.")


def read_answers(path: Path | None) -> dict[str, Any]:
    """Read an answers file; without one there are no answers. Raises `Trouble`."""
    if path is None:
        return {}
    try:
        answers = json.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise Trouble(
            Sentence("{name} cannot be read: {why}.", name=path.name, why=error.strerror)
        ) from None
    except (ValueError, RecursionError) as error:
        where = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise Trouble(
            Sentence("{name} is no JSON text{where}.", name=path.name, where=where), _HOW
        ) from None
    if not isinstance(answers, dict):
        raise Trouble(Sentence("{name} holds no answers.", name=path.name), _HOW)
    for question, answer in answers.items():
        several = answer.values() if isinstance(answer, dict) else (answer,)
        if any(isinstance(one, dict | list) for one in several):
            raise Trouble(
                Sentence(
                    "What {name} holds for {question} is no answer.",
                    question=question,
                    name=path.name,
                ),
                Sentence(
                    "An answer is a text, a number, true, false or null; where a question asks "
                    "for several things, an object with one answer for each."
                ),
            )
    return answers
