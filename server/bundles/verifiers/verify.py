#!/usr/bin/env python3
"""Verifies sealed evidence bundles without a network. Needs Python 3.9 or newer, and nothing else.

    python3 verify.py [--json] [--trust KEYFILE] BUNDLE.zip ...

Exit codes: 0 not refused, 1 refused, 2 wrong usage. The order of checks is that of bundle-format.md.
"""

import base64
import hashlib
import json
import os
import re
import struct
import sys
import zlib

# Ed25519 (RFC 8032, section 5.1), verification only.
P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT_MINUS_ONE = pow(2, (P - 1) // 4, P)


def recover_x(y, sign):
    if y >= P:
        return None
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    if square == 0:
        return None if sign else 0
    x = pow(square, (P + 3) // 8, P)
    if (x * x - square) % P != 0:
        x = x * ROOT_MINUS_ONE % P
    if (x * x - square) % P != 0:
        return None
    return P - x if (x & 1) != sign else x


def add(p, q):
    a = (p[1] - p[0]) * (q[1] - q[0]) % P
    b = (p[1] + p[0]) * (q[1] + q[0]) % P
    c = 2 * p[3] * q[3] * D % P
    d = 2 * p[2] * q[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % P, g * h % P, f * g % P, e * h % P)


def times(scalar, point):
    result = (0, 1, 1, 0)
    while scalar > 0:
        if scalar & 1:
            result = add(result, point)
        point = add(point, point)
        scalar >>= 1
    return result


def encode(point):
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | ((x & 1) << 255)).to_bytes(32, "little")


def decode(raw):
    y = int.from_bytes(raw, "little")
    sign, y = y >> 255, y & ((1 << 255) - 1)
    x = recover_x(y, sign)
    return None if x is None else (x, y, 1, x * y % P)


BASE_Y = 4 * pow(5, P - 2, P) % P
BASE_X = recover_x(BASE_Y, 0)
BASE = (BASE_X, BASE_Y, 1, BASE_X * BASE_Y % P)


def holds(key, message, signature):
    point = decode(key)
    s = int.from_bytes(signature[32:], "little")
    if point is None or s >= L:
        return False
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % L
    negative = (P - point[0], point[1], 1, P - point[3])
    return encode(add(times(s, BASE), times(h, negative))) == signature[:32]


COMMENT = 106
SEGMENT = r"[A-Za-z0-9_@][A-Za-z0-9._@+-]{0,99}"
PATH = re.compile(SEGMENT + r"(?:/" + SEGMENT + r"){0,7}")
FOLDER = re.compile(r"conductor-evidence-[a-z0-9_-]{1,120}")
PEM = (
    r"(Signs heads of receipts:\n)?-----BEGIN PUBLIC KEY-----\n(MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)"
    r"\n-----END PUBLIC KEY-----\n"
)
SIG = r"[A-Za-z0-9+/]{85}[AQgw]=="
HEX = r"[0-9a-f]{64}"
TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z"
ENVELOPE = re.compile(
    r'\{"payload":"((?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?)",'
    r'"payloadType":"application/vnd\.in-toto\+json",'
    r'"signatures":\[\{"keyid":"[0-9a-f]{16}","sig":"(' + SIG + r')"\}\]\}'
)


def statement(predicate, kind, other):
    return re.compile(
        r'\{"_type":"https://in-toto\.io/Statement/v1","predicate":\{' + predicate + r"\},"
        r'"predicateType":"urn:maestro-conductor:' + kind + r':v1","subject":\['
        r'\{"digest":\{"sha256":"(' + HEX + r')"\},"name":"manifest\.json"\},'
        r'\{"digest":\{"sha256":"(' + HEX + r')"\},"name":"' + other + r'\.sha256"\}\]\}'
    )


ROOT = statement(
    r'"completeness":"(complete|incomplete)","dryRun":(true|false),"format":"conductor-evidence/1",'
    r'"period":\{"from":"(' + TIME + r')","to":"(' + TIME + r')"\},'
    r'"tag":"(Conductor Compliance|Conductor_Internal_Audit)","tenant":"([a-z0-9-]{1,60})"',
    "evidence-bundle",
    "manifest",
)
CUT = statement(r'"audience":"(auditor|customer)"', "evidence-cut", "withheld")
ROOT_FILES = ("manifest.dsse.json", "manifest.json", "manifest.sha256")
CUT_FILES = ("cut.dsse.json", "withheld.sha256")
# What others say of the root, which the seal covers and who trusts them verifies.
WITNESS_FILES = ("manifest.sigstore.json", "manifest.tsr")
UNLISTED = ROOT_FILES + CUT_FILES + WITNESS_FILES
LEDGER_FILES = ("ledger/consistency.json", "ledger/head.json", "ledger/range.jsonl")
LINK = r'"(sha256:' + HEX + r')"'
TENANT = r'"(ten_[a-z0-9]{1,60})"'
SEQ = r"(0|[1-9][0-9]{0,14})"
HEAD = (
    r'\{"at":"' + TIME + r'","decisionHash":"sha256:' + HEX + r'","decisionSeq":' + SEQ.replace("(", "(?:") + ","
    r'"keyId":"[0-9a-f]{16}","receiptHash":"sha256:' + HEX + r'","receiptSeq":' + SEQ.replace("(", "(?:") + ","
    r'"signature":"[A-Za-z0-9_-]{86}","tenantId":"ten_[a-z0-9]{1,60}"\}'
)
ENDS = re.compile(r'\{"closing":(' + HEAD + r'),"genesis":' + LINK + r',"opening":(null|' + HEAD + r'),"tenantId":' + TENANT + r"\}\n")
RECEIPT = re.compile(
    rb'\{"content":(\{"action":[^\x00-\x1f]*,"tenantId":' + TENANT.encode() + rb'\}),"hash":' + LINK.encode()
    + rb',"previousHash":' + LINK.encode() + rb',"seq":' + SEQ.encode() + rb"\}\n"
)
TEXT_MAX = 1 << 20


class Bad(Exception):
    def __init__(self, path, reason):
        super().__init__(path, reason)
        self.path, self.reason = path, reason


def must(good, path, reason):
    if not good:
        raise Bad(path, reason)


class Entry:
    def __init__(self, path, crc, size, data):
        self.path, self.crc, self.size, self.data = path, crc, size, data


class Archive:
    def __init__(self, file):
        self.file = file
        self.size = os.fstat(file.fileno()).st_size

    def at(self, offset, length):
        self.file.seek(offset)
        return self.file.read(length)

    def digest(self, offset, length):
        sha, crc = hashlib.sha256(), 0
        self.file.seek(offset)
        while length > 0:
            part = self.file.read(min(length, 1 << 20))
            if not part:
                break
            sha.update(part)
            crc = zlib.crc32(part, crc)
            length -= len(part)
        return sha.hexdigest(), crc

    def text(self, entry):
        must(entry.size <= TEXT_MAX, entry.path, "size")
        return self.at(entry.data, entry.size).decode("latin-1")


def read_end(archive):
    must(128 < archive.size < 0xFFFFFFFF, "(file)", "size")
    at = archive.size - 128
    end = archive.at(at, 128)
    count = struct.unpack_from("<H", end, 8)[0]
    size, offset = struct.unpack_from("<II", end, 12)
    start = at
    if count == 0xFFFF:
        start -= 76
        must(start >= 0, "(end)", "end-record")
        wide = archive.at(start, 76)
        count = struct.unpack_from("<Q", wide, 24)[0]
        expected = struct.pack("<IQHHIIQQQQ", 0x06064B50, 44, 45, 45, 0, 0, count, count, size, offset)
        expected += struct.pack("<IIQI", 0x07064B50, 0, offset + size, 1)
        must(65534 < count < 1 << 48 and wide == expected, "(end)", "end-record")
    shown = min(count, 0xFFFF)
    expected = struct.pack("<IHHHHIIH", 0x06054B50, 0, 0, shown, shown, size, offset, COMMENT)
    seal = re.fullmatch(r"conductor-seal-v1 (" + SIG + r")", end[22:].decode("latin-1"))
    good = end[:22] == expected and count > 0 and offset + size == start and seal is not None
    must(good, "(end)", "end-record")
    return count, offset, size, base64.b64decode(seal.group(1))


def read_entries(archive, count, cd_offset, cd_size):
    directory = archive.at(cd_offset, cd_size)
    entries, place, expected_offset, folder, last = {}, 0, 0, None, ""
    for number in range(count):
        nameless = "(entry %d)" % number
        must(place + 46 <= cd_size, nameless, "entry-record")
        record = directory[place : place + 46]
        must(record[:4] == b"PK\x01\x02", nameless, "entry-record")
        must(record[10:12] == b"\0\0", nameless, "compressed")
        crc, size = struct.unpack_from("<II", record, 16)
        length = struct.unpack_from("<H", record, 28)[0]
        offset = struct.unpack_from("<I", record, 42)[0]
        same = (crc, size, size, length)
        expected = struct.pack("<IHHHHHHIIIH", 0x02014B50, 0x031E, 20, 0, 0, 0, 33, *same)
        expected += struct.pack("<HHHHII", 0, 0, 0, 0, 0x81A40000, offset)
        must(record == expected and place + 46 + length <= cd_size, nameless, "entry-record")
        raw = directory[place + 46 : place + 46 + length]
        own_folder, _, path = raw.decode("latin-1").partition("/")
        folder = own_folder if folder is None else folder
        named = FOLDER.fullmatch(folder) and own_folder == folder and len(path) <= 200 and PATH.fullmatch(path)
        must(named, nameless, "entry-path")
        must(path != last, path, "duplicate")
        must(path > last, path, "order")
        local = struct.pack("<IHHHHHIIIHH", 0x04034B50, 20, 0, 0, 0, 33, *same, 0) + raw
        data = offset + 30 + length
        placed = offset == expected_offset and data + size <= cd_offset
        must(placed and archive.at(offset, 30 + length) == local, path, "entry-header")
        entries[path] = Entry(path, crc, size, data)
        last, place, expected_offset = path, place + 46 + length, data + size
    must(place == cd_size and expected_offset == cd_offset, "(end)", "gap")
    return entries


class Keys:
    def __init__(self, trusted, own):
        self.trusted, self.own = trusted, own

    def check(self, message, signature, path, role="seals"):
        first = self.own if self.trusted is None else self.trusted
        if any(holds(key, message, signature) for key in first[role]):
            return
        known = self.trusted is not None and any(holds(key, message, signature) for key in self.own[role])
        raise Bad(path, "untrusted-key" if known else "signature")


def read_signed(archive, entry, pattern, keys):
    envelope = ENVELOPE.fullmatch(archive.text(entry))
    must(envelope, entry.path, "envelope-form")
    payload = base64.b64decode(envelope.group(1))
    head = b"DSSEv1 28 application/vnd.in-toto+json %d " % len(payload)
    keys.check(head + payload, base64.b64decode(envelope.group(2)), entry.path)
    said = pattern.fullmatch(payload.decode("latin-1"))
    must(said, entry.path, "statement-form")
    return said.groups()


def read_list(archive, entry):
    listed, last = {}, ""
    text = archive.at(entry.data, entry.size).decode("latin-1")
    must(text == "" or text.endswith("\n"), entry.path, "list-form")
    for line in text.split("\n")[:-1]:
        digest, path = line[:64], line[66:]
        good = re.fullmatch(HEX, digest) and line[64:66] == "  " and PATH.fullmatch(path) and len(path) <= 200
        must(good and path > last and path not in UNLISTED, entry.path, "list-form")
        listed[path], last = digest, path
    return listed


def read_cut(archive, entries, manifest_digest, keys):
    if not any(path in entries for path in CUT_FILES):
        return {}
    for path in CUT_FILES:
        must(path in entries, path, "missing")
    said = read_signed(archive, entries["cut.dsse.json"], CUT, keys)
    must(said[1] == manifest_digest, "cut.dsse.json", "statement-form")
    entry = entries["withheld.sha256"]
    must(archive.digest(entry.data, entry.size)[0] == said[2], "withheld.sha256", "digest")
    return read_list(archive, entry)


def check_presence(entries, listed, withheld):
    for path, digest in withheld.items():
        must(listed.get(path) == digest, "withheld.sha256", "list-form")
    for path in sorted((set(entries) | set(listed)) - set(UNLISTED)):
        expected = path in listed and path not in withheld
        if (path in entries) != expected:
            raise Bad(path, "missing" if expected else "extra")


def check_manifest(archive, entry, listed, root):
    try:
        manifest = json.loads(archive.at(entry.data, entry.size).decode("utf-8"))
        items = [(item["path"], item["digest"]) for item in manifest["items"]]
        good = len(items) == len(listed) and dict(items) == listed
        good = good and manifest["completeness"] == root["completeness"] and manifest["tag"] == root["tag"]
        good = good and manifest["dryRun"] is (root["dryRun"] == "true")
        good = good and manifest["tenant"]["slug"] == root["tenant"]
        good = good and (manifest["period"]["from"], manifest["period"]["to"]) == (root["from"], root["to"])
        good = good and re.fullmatch(TENANT, '"%s"' % manifest["tenant"]["id"]) and re.fullmatch(TIME, manifest["asOf"])
    except (ValueError, KeyError, TypeError, RecursionError):
        good = False
    must(good, entry.path, "manifest-form")
    return manifest


def sha256(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def read_ends(archive, entries, root, manifest, keys):
    ends, closing_file, _ = LEDGER_FILES
    said = ENDS.fullmatch(archive.text(entries[ends]))
    must(said, ends, "ledger-form")
    closing_text, genesis, opening_text, tenant = said.groups()
    must(tenant == manifest["tenant"]["id"], ends, "ledger-form")
    must(genesis == sha256(("maestro-conductor/receipts/" + tenant).encode()), ends, "ledger-form")
    opening, closing = json.loads(opening_text), json.loads(closing_text)
    heads = [head for head in (opening, closing) if head is not None]
    must(all(head["tenantId"] == tenant for head in heads), ends, "ledger-form")
    must(archive.text(entries[closing_file]) == closing_text + "\n", closing_file, "ledger-form")
    for head in heads:
        signed = {name: head[name] for name in sorted(head) if name not in ("keyId", "signature")}
        text = json.dumps(signed, separators=(",", ":")).encode()
        keys.check(text, base64.urlsafe_b64decode(head["signature"] + "=="), ends, "heads")
    around = (opening is None or opening["at"] < root["from"]) and closing["at"] >= manifest["asOf"]
    must(around, ends, "ledger-period")
    return genesis, opening, closing, tenant.encode()


def check_ledger(archive, entries, listed, withheld, root, manifest, keys):
    ends, _, path = LEDGER_FILES
    if not any(name in listed for name in LEDGER_FILES):
        must(root["completeness"] != "complete", ends, "missing")
        return
    for name in LEDGER_FILES:
        must(name in listed, name, "missing")
    if any(name in withheld for name in LEDGER_FILES):
        return
    genesis, opening, closing, tenant = read_ends(archive, entries, root, manifest, keys)
    seq, last = (0, genesis) if opening is None else (opening["receiptSeq"], opening["receiptHash"])
    fault, left = None, entries[path].size
    archive.file.seek(entries[path].data)
    while left > 0:
        line = archive.file.readline(left)
        left -= len(line)
        link = RECEIPT.fullmatch(line)
        must(link and link.group(2) == tenant, path, "ledger-form")
        content, own, previous = link.group(1), link.group(3).decode(), link.group(4).decode()
        seq += 1
        if fault is None and int(link.group(5)) != seq:
            fault = "gap"
        if fault is None and previous != last:
            fault = "broken-link"
        if fault is None and own != sha256(("%s:%d:%s" % (last, seq, sha256(content))).encode()):
            fault = "changed-content"
        last = own
    must(fault is None, path, fault)
    must(seq == closing["receiptSeq"], path, "cut-off")
    must(last == closing["receiptHash"], path, "rewritten")


def check(archive, trusted):
    count, cd_offset, cd_size, seal = read_end(archive)
    entries = read_entries(archive, count, cd_offset, cd_size)
    for path in ROOT_FILES:
        must(path in entries, path, "missing")
    own = {"seals": [], "heads": []}
    for entry in entries.values():
        if entry.path.startswith("verify/keys/"):
            pem = re.fullmatch(PEM, archive.text(entry))
            must(pem, entry.path, "key-form")
            own["heads" if pem.group(1) else "seals"].append(base64.b64decode(pem.group(2))[-32:])
    must(own["seals"], "verify/keys", "missing")
    keys = Keys(trusted, own)
    sealed = archive.digest(0, archive.size - 88)[0]
    keys.check(("conductor-seal-v1\n%s\n" % sealed).encode(), seal, "(seal)")
    names = ("completeness", "dryRun", "from", "to", "tag", "tenant", "manifest", "list")
    root = dict(zip(names, read_signed(archive, entries["manifest.dsse.json"], ROOT, keys)))
    for path, digest in (("manifest.json", root["manifest"]), ("manifest.sha256", root["list"])):
        must(archive.digest(entries[path].data, entries[path].size)[0] == digest, path, "digest")
    listed = read_list(archive, entries["manifest.sha256"])
    withheld = read_cut(archive, entries, root["manifest"], keys)
    check_presence(entries, listed, withheld)
    wrong_crc = None
    for entry in entries.values():
        digest, crc = archive.digest(entry.data, entry.size)
        must(entry.path not in listed or listed[entry.path] == digest, entry.path, "digest")
        if crc != entry.crc and wrong_crc is None:
            wrong_crc = entry.path
    must(wrong_crc is None, wrong_crc, "crc")
    manifest = check_manifest(archive, entries["manifest.json"], listed, root)
    check_ledger(archive, entries, listed, withheld, root, manifest, keys)
    verdict = "ok" if not withheld else "cut"
    if root["completeness"] != "complete":
        verdict = "incomplete"
    if root["dryRun"] == "true":
        verdict = "dry_run"
    return verdict, len(withheld), {name: root[name] for name in ("tag", "tenant", "from", "to")}


def verify_file(name, trusted):
    with open(name, "rb") as file:
        try:
            verdict, withheld, of = check(Archive(file), trusted)
        except Bad as bad:
            return {"verdict": "refused", "anchored": False, "firstBad": {"path": bad.path, "reason": bad.reason}}
    found = {"verdict": verdict, "anchored": trusted is not None, "firstBad": None, "of": of}
    if withheld > 0:
        found["withheld"] = withheld
    return found


def words(found):
    if found["firstBad"] is not None:
        return "refused: %s: %s" % (found["firstBad"]["path"], found["firstBad"]["reason"])
    whose = "signed by a key you trust"
    if not found["anchored"]:
        whose = "NOT ANCHORED: signed by a key that only the bundle itself names"
    cut = "; a cut: %d items withheld" % found["withheld"] if "withheld" in found else ""
    what = "%(tag)s of %(tenant)s, %(from)s to %(to)s" % found["of"]
    return "%s: %s; %s%s" % (found["verdict"], what, whose, cut)


def read_keys(name):
    with open(name, encoding="latin-1", newline="") as file:
        text = file.read()
    if not re.fullmatch("(?:" + PEM + ")+", text):
        raise OSError("%s holds no Ed25519 public keys as PEM, or more than those." % name)
    keys = {"seals": [], "heads": []}
    for role, key in re.findall(PEM, text):
        keys["heads" if role else "seals"].append(base64.b64decode(key)[-32:])
    return keys


def main(args):
    files, as_json, trust = [], False, None
    while args:
        arg = args.pop(0)
        if arg == "--json":
            as_json = True
        elif arg == "--trust" and args:
            trust = args.pop(0)
        elif arg.startswith("-"):
            files = []
            break
        else:
            files.append(arg)
    if not files:
        print("usage: python3 verify.py [--json] [--trust KEYFILE] BUNDLE.zip ...", file=sys.stderr)
        return 2
    try:
        trusted = None if trust is None else read_keys(trust)
        worst = 0
        for name in files:
            found = verify_file(name, trusted)
            print(json.dumps(found, separators=(",", ":")) if as_json else "%s: %s" % (name, words(found)))
            worst = max(worst, int(found["verdict"] == "refused"))
        return worst
    except OSError as error:
        print(error, file=sys.stderr)
        return 2


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
