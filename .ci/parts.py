"""Says what a program is made of: a CycloneDX SBOM, and the licences of all its parts.

Takes the target, the program (or one of the same source), and the two files to write. The parts are
the crates that are compiled into the program or run while it is built, SQLite, which one of them
brings, and the standard library of Rust, with the C library that comes with it.
"""

import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import tomllib

CARGO_PURL = "pkg:cargo/{name}@{version}"
# The C library in the program, and its licence, which Debian has beside the compiler.
C_LIBRARY = {
    "x86_64-unknown-linux-musl": ("musl", "/usr/share/doc/musl-dev/copyright"),
    "x86_64-pc-windows-gnu": ("MinGW-w64", "/usr/share/doc/mingw-w64-x86-64-dev/copyright"),
}


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def parts(target):
    """The metadata of every part, by name and version, and the parts that each needs."""
    described = json.loads(run("cargo", "metadata", "--locked", "--format-version", "1"))
    packages = {(package["name"], package["version"]): package for package in described["packages"]}
    needs, path = {}, []
    tree = run("cargo", "tree", "--locked", "--target", target, "--edges", "normal,build",
               "--prefix", "depth", "--no-dedupe", "--format", " {p}")
    for line in tree.splitlines():
        depth, name, version = re.match(r"(\d+) (\S+) v(\S+)", line).groups()
        path[int(depth):] = [(name, version)]
        needs.setdefault((name, version), set())
        if len(path) > 1:
            needs[path[-2]].add((name, version))
    return {part: packages[part] for part in sorted(needs)}, needs


def component(part, package, checksums):
    name, version = part
    described = {
        "type": "library",
        "bom-ref": CARGO_PURL.format(name=name, version=version),
        "name": name,
        "version": version,
        "licenses": [{"expression": package["license"].replace("/", " OR ")}],
        "purl": CARGO_PURL.format(name=name, version=version),
    }
    if part in checksums:
        described["hashes"] = [{"alg": "SHA-256", "content": checksums[part]}]
    if package["repository"]:
        described["externalReferences"] = [{"type": "vcs", "url": package["repository"]}]
    return described


def bom(packages, needs, sqlite, rust):
    with open("Cargo.lock", "rb") as file:
        locked = tomllib.load(file)["package"]
    checksums = {(one["name"], one["version"]): one.get("checksum") for one in locked}
    checksums = {part: checksum for part, checksum in checksums.items() if checksum}
    ref = {part: CARGO_PURL.format(name=part[0], version=part[1]) for part in packages}
    bundled, standard = f"pkg:generic/sqlite@{sqlite}", f"pkg:generic/rust-std@{rust}"
    depends = {ref[part]: sorted(ref[need] for need in needs[part]) for part in packages}
    brings = next(ref[part] for part in packages if part[0] == "libsqlite3-sys")
    depends[brings] = [*depends[brings], bundled]
    ours = next(part for part in packages if part[0] == "crg")
    components = [component(part, package, checksums)
                  for part, package in packages.items() if part != ours]
    components.append({"type": "library", "bom-ref": bundled, "name": "SQLite", "version": sqlite,
                       "licenses": [{"license": {"name": "Public domain"}}], "purl": bundled})
    components.append({"type": "library", "bom-ref": standard, "name": "Rust standard library",
                       "version": rust, "licenses": [{"expression": "MIT OR Apache-2.0"}],
                       "purl": standard})
    depends[ref[ours]] = [*depends[ref[ours]], standard]
    moment = time.gmtime(int(os.environ["SOURCE_DATE_EPOCH"]))
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": time.strftime("%Y-%m-%dT%H:%M:%SZ", moment),
            "component": component(ours, packages[ours], {}) | {"type": "application"},
        },
        "components": components,
        "dependencies": [{"ref": one, "dependsOn": others}
                         for one, others in sorted(depends.items())] + [{"ref": bundled}, {"ref": standard}],
    }


def licences(packages, target):
    """The text of every licence, once, below the names of the parts that come with it."""
    texts = {}
    for (name, version), package in packages.items():
        folder = pathlib.Path(package["manifest_path"]).parent
        # A crate's own, and those of sources in C that it brings.
        files = [file for file in sorted([*folder.glob("*"), *folder.glob("c_src/**/*")])
                 if file.is_file() and re.match(
                     r"(licen[cs]e|copying|copyright|notice|unlicense)", file.name, re.IGNORECASE)]
        for file in files:
            text = file.read_text(encoding="utf-8", errors="replace").strip()
            key = hashlib.sha256(" ".join(text.split()).encode()).hexdigest()
            texts.setdefault(key, (text, []))[1].append(f"{name} {version}")
        if not files:
            text = f"Licensed under {package['license']}; its package has no text of the licence."
            texts.setdefault(text, (text, []))[1].append(f"{name} {version}")
    parts = [", ".join(names) + "\n\n" + text for text, names in texts.values()]
    parts.append("SQLite\n\nIn the public domain: https://sqlite.org/copyright.html")
    parts.append("Rust standard library\n\nLicensed under the Apache License 2.0, which is above: "
                 "https://www.rust-lang.org/policies/licenses")
    library, file = C_LIBRARY[target]
    parts.append(f"{library}\n\n" + pathlib.Path(file).read_text(encoding="utf-8").strip())
    rule = "\n\n" + "-" * 80 + "\n\n"
    return rule.join(["What crg is made of, and the licence of each part.", *parts]) + "\n"


def main(target, program, bom_file, licences_file):
    version = run(program, "--version")
    sqlite = re.search(r"SQLite (\S+),", version).group(1)
    rust = run("rustc", "--version").split()[1]
    packages, needs = parts(target)
    with open(bom_file, "w", encoding="utf-8") as file:
        json.dump(bom(packages, needs, sqlite, rust), file, indent=1, ensure_ascii=False)
        file.write("\n")
    pathlib.Path(licences_file).write_text(licences(packages, target), encoding="utf-8")


main(*sys.argv[1:])
