"""Books after a power cut: as before the command or as after it, and certainly as after it if the
command had ended."""

import os

from disk import images
from strike import judged


def cuts(place, scenario, each, most):
    return boots(place, scenario, images(place, scenario, each, most, scenario.name))


def cuts_without_sync(place, scenario):
    """Cuts of a disk that syncs nothing. A check that finds nothing wrong here is itself wrong."""
    return boots(place, scenario, images(place, scenario, 2, 10, scenario.name, obeys=False))


def boots(place, scenario, found):
    for image, ended, what in found:
        code = 0 if ended else None
        yield lambda image=image, code=code, what=what: boot(place, scenario, image, code, what)


def boot(place, scenario, image, code, what):
    folder = place.new_folder()
    for names, content in image:
        (folder / names[0]).write_bytes(content)
        for name in names[1:]:
            os.link(folder / names[0], folder / name)
    return judged(place, scenario, folder, code, "", what)
