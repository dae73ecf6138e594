"""Checks who signed a package file, with nothing but Python 3.6 or later: no other library, no secret key.

    python3 verify_std.py FILE.tpkg allowed_signers [YYYYMMDD]

It looks at what can be seen from outside: that the file is exactly the container the format prescribes, that a key
listed in `allowed_signers` (in force today, or on the given day) signed the manifest, that this key belongs to the
sender the manifest names, and that the encrypted part is the one that was signed. What is inside, only the county
can read. Exit code 0: genuine; 1: not; 2: wrong use. The format is described in docs/package-format.md; the
signature in OpenSSH's PROTOCOL.sshsig, Ed25519 in RFC 8032. Written to be read in ten minutes.
"""

import base64
import datetime
import hashlib
import json
import re
import struct
import sys
import zlib
from pathlib import Path

NAMESPACES = {"package": "tpkg-package-v1", "receipt": "tpkg-receipt-v1", "trust": "tpkg-trust-v1"}
NAMESPACES["enrol"] = "tpkg-enrol-v1"
NAMES = (b"manifest.json", b"manifest.json.sig", b"payload.age")


class NotGenuine(Exception):
    """Why the file must not be believed."""


def demand(condition, why):
    """Stops with a reason unless the condition holds."""
    if not condition:
        raise NotGenuine(why)


# --- the container: a ZIP of stored members of which every byte can be foretold --------------------------------


def local_header(name, crc, size):
    """The bytes before a member."""
    return struct.pack("<4s5H3I2H", b"PK\x03\x04", 10, 0, 0, 0, 0x21, crc, size, size, len(name), 0) + name


def central_header(name, crc, size, offset):
    """The directory's record of a member."""
    numbers = (20, 10, 0, 0, 0, 0x21, crc, size, size, len(name), 0, 0, 0, 0, 0, offset)
    return struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *numbers) + name


def read_container(data):
    """Returns the members; rebuilds the whole file from them and compares."""
    members, rebuilt, directory = [], b"", b""
    for name in NAMES:
        if data[len(rebuilt) : len(rebuilt) + 4] == b"PK\x01\x02":
            break  # trust bundles and enrolment requests have no encrypted part
        header = data[len(rebuilt) : len(rebuilt) + 30]
        demand(len(header) == 30, "file is cut short")
        size = struct.unpack("<I", header[22:26])[0]
        start = len(rebuilt) + 30 + len(name)
        content = data[start : start + size]
        demand(len(content) == size, "file is cut short")
        crc = zlib.crc32(content) & 0xFFFFFFFF
        directory += central_header(name, crc, size, len(rebuilt))
        rebuilt += local_header(name, crc, size) + content
        members.append(content)
    count = len(members)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, count, count, len(directory), len(rebuilt), 0)
    demand(count >= 2 and rebuilt + directory + end == data, "not the container the format prescribes, or damaged")
    return members


# --- the signature: OpenSSH SSHSIG ------------------------------------------------------------------------------


def string(content):
    """A length-prefixed byte string."""
    return struct.pack(">I", len(content)) + content


def armour(public_key, signature, namespace):
    """The text OpenSSH writes for a signature."""
    blob = b"SSHSIG" + struct.pack(">I", 1) + string(public_key) + string(namespace) + string(b"") + string(b"sha512")
    text = base64.b64encode(blob + string(string(b"ssh-ed25519") + string(signature)))
    lines = [text[start : start + 70] for start in range(0, len(text), 70)]
    return b"\n".join([b"-----BEGIN SSH SIGNATURE-----", *lines, b"-----END SSH SIGNATURE-----", b""])


def unarmoured(text):
    """Returns the bytes inside the armour, nothing if there are none."""
    try:
        return base64.b64decode(b"".join(text.split(b"\n")[1:-2]))
    except ValueError:
        return b""


def signer_of(manifest, text, namespace):
    """Returns the OpenSSH public key that signed the manifest for this purpose."""
    blob = unarmoured(text)
    public_key, signature = blob[14:65], blob[-64:]
    expected = armour(public_key, signature, namespace)
    demand(expected == text, "the signature is not in OpenSSH's form, or was made for another purpose")
    message = (
        b"SSHSIG" + string(namespace) + string(b"") + string(b"sha512") + string(hashlib.sha512(manifest).digest())
    )
    demand(public_key[:19] == string(b"ssh-ed25519") + struct.pack(">I", 32), "not an Ed25519 key")
    demand(ed25519_verifies(public_key[19:], signature, message), "the signature is wrong: the manifest was changed")
    return public_key


# --- Ed25519, RFC 8032 section 5.1 ------------------------------------------------------------------------------

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def add(one, other):
    """Adds two points in extended coordinates."""
    a = (one[1] - one[0]) * (other[1] - other[0]) % P
    b = (one[1] + one[0]) * (other[1] + other[0]) % P
    c = 2 * one[3] * other[3] * D % P
    d = 2 * one[2] * other[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def multiply(scalar, point):
    """Adds a point to itself."""
    result = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def decode_point(encoded):
    """Returns the point of 32 bytes, None if there is none."""
    y = int.from_bytes(encoded, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P:
        x = x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = P - x
    return x, y, 1, x * y % P


def encode_point(point):
    """Returns the 32 bytes of a point."""
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = decode_point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))


def ed25519_verifies(public_key, signature, message):
    """Whether the signature is the key's over the message."""
    point, scalar = decode_point(public_key), int.from_bytes(signature[32:], "little")
    if point is None or scalar >= ORDER:
        return False
    digest = hashlib.sha512(signature[:32] + public_key + message).digest()
    negative = (P - point[0], point[1], 1, P - point[3])
    challenge = int.from_bytes(digest, "little") % ORDER
    return encode_point(add(multiply(scalar, BASE), multiply(challenge, negative))) == signature[:32]


# --- who may sign -----------------------------------------------------------------------------------------------


def principal_of(public_key, namespace, signers, day):
    """Returns the name under which a key is listed for this purpose and day."""
    for line in signers.splitlines():
        match = re.match(r"(\S+) (\S+) ssh-ed25519 (\S+)$", line)
        if match and base64.b64decode(match.group(3)) == public_key:
            options = dict(re.findall(r'([a-z-]+)="([^"]*)"', match.group(2)))
            inside = options.get("valid-after", "0")[:8] <= day <= options.get("valid-before", "9")[:8]
            if namespace in options.get("namespaces", "").split(",") and inside:
                return match.group(1)
    raise NotGenuine("no key listed for this purpose and day made the signature")


def verify(data, signers, day):
    """Returns the manifest of a genuine file.

    Raises:
        NotGenuine: with the reason.
    """
    members = read_container(data)
    purposes = [one for one in NAMESPACES.values() if string(one.encode()) in unarmoured(members[1])]
    demand(purposes, "the signature is not in OpenSSH's form, or was made for another purpose")
    namespace = purposes[0]
    public_key = signer_of(members[0], members[1], namespace.encode())
    principal = principal_of(public_key, namespace, signers, day)
    try:
        manifest = json.loads(members[0].decode("utf-8"))
        demand(NAMESPACES.get(manifest["type"]) == namespace, "the manifest names another kind of file")
        check_names(manifest, principal, public_key)
        sealed = manifest["type"] in ("package", "receipt")
        demand(sealed == (len(members) == 3), "the encrypted part is missing or one too many")
        if sealed:
            check_payload(manifest["payload"], members[2])
    except (ValueError, KeyError, TypeError, RecursionError):
        raise NotGenuine("the manifest cannot be read") from None
    return manifest


def check_names(manifest, principal, public_key):
    """The key and its owner must be the sender the manifest names."""
    if manifest["type"] in ("package", "receipt"):
        named = manifest["sender"]["site"]
        fingerprint = base64.b64encode(hashlib.sha256(public_key).digest()).decode().rstrip("=")
        demand(manifest["sender"]["key"] == "SHA256:" + fingerprint, "the manifest names another key")
    else:
        named = manifest["county"] if manifest["type"] == "trust" else manifest["site"]
    demand(named == principal, f"signed by {principal}, but the manifest names {named}")


def check_payload(stated, payload):
    """The encrypted part must be the one that was signed."""
    demand(stated["bytes"] == len(payload), "the encrypted part has another length than was signed")
    demand(stated["sha256"] == hashlib.sha256(payload).hexdigest(), "the encrypted part is not the one that was signed")


def main(arguments):
    """Prints what was found; returns the exit code."""
    if len(arguments) not in (2, 3):
        sys.stderr.write(__doc__)
        return 2
    day = arguments[2] if len(arguments) == 3 else datetime.date.today().strftime("%Y%m%d")
    data = Path(arguments[0]).read_bytes()
    try:
        manifest = verify(data, Path(arguments[1]).read_text(), day)
    except NotGenuine as reason:
        sys.stdout.write(f"NOT GENUINE: {reason}\n")
        return 1
    digest = hashlib.sha256(read_container(data)[0]).hexdigest()
    sender = manifest.get("sender", {}).get("site") or manifest.get("county") or manifest.get("site")
    sys.stdout.write(f"GENUINE: {manifest['type']} of {sender}\n")
    for key in ("kind", "created_at", "chain", "counts", "recipient"):
        if key in manifest:
            sys.stdout.write(f"{key}: {json.dumps(manifest[key], sort_keys=True)}\n")
    sys.stdout.write(f"package hash: {digest}\ncheck code: {int(digest, 16) % 10**8:08d}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
