"""The zip file around the quizzes: what Canvas wants to know beside the questions themselves."""

import io
import re
from collections.abc import Iterable, Mapping
from xml.etree.ElementTree import Element
from zipfile import ZipFile, ZipInfo

from msgspec import Struct

from tutor.course.digest import blake2b
from tutor.exchange.qti.xml import document, node

_IMS = "http://www.imsglobal.org/xsd"
_CARTRIDGE = f"{_IMS}/imsccv1p1/imscp_v1p1"
_METADATA = f"{_IMS}/imsmd_v1p2"
_CANVAS = "http://canvas.instructure.com/xsd/cccv1p0"
_QUIZ_TYPE = "imsqti_xmlv1p2"
_META_TYPE = "associatedcontent/imscc_xmlv1p1/learning-application-resource"

_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file can name."""


_MADE = re.compile(r"i[0-9a-f]{32}")


class Assessment(Struct, frozen=True):
    """A quiz as Canvas keeps it.

    Attributes:
        title: What Canvas lists it as.
        description: HTML above the questions.
        questions: The `questestinterop` document.
        points: What the questions that one attempt asks are worth together.
        shuffled: Whether Canvas shuffles the options; it does so for all questions or none.
    """

    ident: str
    title: str
    description: str
    questions: Element
    points: int
    shuffled: bool


def identifier(*path: str) -> str:
    """Name a thing by its ids: the same in every export, so that Canvas updates what it has."""
    digest = blake2b("/".join(path).encode("utf-8", "replace"), digest_size=16).hexdigest()
    return f"i{digest}"


def id_behind(ident: str, title: str) -> str:
    """The id of an item: its title, where what identifies it was made by `identifier`."""
    return title.strip() if _MADE.fullmatch(ident) else ident


def package(ident: str, title: str, assessments: Iterable[Assessment]) -> bytes:
    """Pack quizzes into a zip file whose bytes depend on nothing but them."""
    kept = list(assessments)
    files = {
        "imsmanifest.xml": document(_manifest(ident, title, kept)),
        "non_cc_assessments/": b"",
    }
    for one in kept:
        files[f"{one.ident}/{one.ident}.xml"] = document(one.questions)
        files[f"{one.ident}/assessment_meta.xml"] = document(_meta(one))
    return zipped(files)


def zipped(files: Mapping[str, bytes]) -> bytes:
    """Pack files, the same byte for byte for the same ones."""
    packed = io.BytesIO()
    # Stored, not deflated: zlib's output differs between its builds.
    with ZipFile(packed, "w") as archive:
        for name, content in sorted(files.items()):
            entry = ZipInfo(name, _EARLIEST)
            entry.create_system = 3  # POSIX, on whatever system this runs
            entry.external_attr = (0o40755 << 16 | 0x10) if name.endswith("/") else 0o644 << 16
            archive.writestr(entry, content)
    return packed.getvalue()


def _manifest(ident: str, title: str, assessments: Iterable[Assessment]) -> Element:
    resources = node("resources")
    for one in assessments:
        resources.extend(_resources(one))
    named = node("imsmd:title", node("imsmd:string", title))
    return node(
        "manifest",
        node(
            "metadata",
            node("schema", "IMS Content"),
            node("schemaversion", "1.1.3"),
            node("imsmd:lom", node("imsmd:general", named)),
        ),
        node("organizations"),
        resources,
        identifier=ident,
        xmlns=_CARTRIDGE,
        **{"xmlns:imsmd": _METADATA},
    )


def _resources(one: Assessment) -> tuple[Element, Element]:
    questions, meta = f"{one.ident}/{one.ident}.xml", f"{one.ident}/assessment_meta.xml"
    beside = identifier(one.ident, "meta")
    return (
        node(
            "resource",
            node("file", href=questions),
            node("dependency", identifierref=beside),
            identifier=one.ident,
            type=_QUIZ_TYPE,
        ),
        node("resource", node("file", href=meta), identifier=beside, type=_META_TYPE, href=meta),
    )


def _meta(one: Assessment) -> Element:
    return node(
        "quiz",
        node("title", one.title),
        node("description", one.description),
        node("shuffle_answers", "true" if one.shuffled else "false"),
        node("scoring_policy", "keep_highest"),
        node("quiz_type", "assignment"),
        node("points_possible", f"{one.points}.0"),
        node("show_correct_answers", "true"),
        node("allowed_attempts", "1"),
        identifier=one.ident,
        xmlns=_CANVAS,
    )
