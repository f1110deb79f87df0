"""Books after a power cut: each is the one before or the one after, and the one after once the command had ended well."""

import os

from disk import images
from strike import judged


def cuts(place, scenario, each, most):
    for image, ended, what in images(place, scenario, each, most, scenario.name):
        yield lambda image=image, ended=ended, what=what: boot(place, scenario, image, 0 if ended else None, what)


def boot(place, scenario, image, code, what):
    folder = place.new_folder()
    for names, content in image:
        (folder / names[0]).write_bytes(content)
        for name in names[1:]:
            os.link(folder / names[0], folder / name)
    return judged(place, scenario, folder, code, "", what)


def disobeyed(place, scenario):
    """Cuts of a disk that syncs nothing: a model that finds nothing wrong with these books finds nothing at all."""
    for image, ended, what in images(place, scenario, 2, 10, scenario.name, obeys=False):
        yield lambda image=image, ended=ended, what=what: boot(place, scenario, image, 0 if ended else None, what)
