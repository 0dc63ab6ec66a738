#!/bin/sh
# Verifies sealed evidence bundles without a network. Needs a Debian machine with openssl 3, unzip and jq.
#   sh verify.sh [--json] [--trust KEYFILE] BUNDLE.zip ...
# Exit codes: 0 not refused, 1 refused, 2 wrong usage. The order of checks is that of bundle-format.md.
set -u
LC_ALL=C
export LC_ALL

usage() {
  echo "usage: sh verify.sh [--json] [--trust KEYFILE] BUNDLE.zip ..." >&2
  exit 2
}

json=no
trust=
while [ $# -gt 0 ]; do
  case $1 in
    --json) json=yes ;;
    --trust)
      [ $# -gt 1 ] || usage
      trust=$2
      shift
      ;;
    -*) usage ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || usage
for tool in openssl unzip jq od awk; do
  command -v "$tool" >/dev/null || {
    echo "verify.sh needs $tool." >&2
    exit 2
  }
done

work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
trap 'exit 2' HUP INT TERM

SEG='[A-Za-z0-9_@][A-Za-z0-9._@+-]{0,99}'
PATHS="$SEG(/$SEG){0,7}"
SIG='[A-Za-z0-9+/]{85}[AQgw]=='
HEX='[0-9a-f]{64}'
TIME='[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{3}Z'
KEY='MCowBQYDK2VwAyEA[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]='
ENVELOPE='\{"payload":"([A-Za-z0-9+/]{4})+([A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?","payloadType":"application/vnd\.in-toto\+json","signatures":\[\{"keyid":"[0-9a-f]{16}","sig":"'$SIG'"\}\]\}'
SAYS='\{"_type":"https://in-toto\.io/Statement/v1","predicate":\{'
NAMES='\{"digest":\{"sha256":"'$HEX'"\},"name":"manifest\.json"\},\{"digest":\{"sha256":"'$HEX'"\},"name":'
ROOT=$SAYS'"completeness":"(complete|incomplete)","dryRun":(true|false),"format":"conductor-evidence/1","period":\{"from":"'$TIME'","to":"'$TIME'"\},"tag":"(Conductor Compliance|Conductor_Internal_Audit)","tenant":"[a-z0-9-]{1,60}"\},"predicateType":"urn:maestro-conductor:evidence-bundle:v1","subject":\['$NAMES'"manifest\.sha256"\}\]\}'
CUT=$SAYS'"audience":"(auditor|customer)"\},"predicateType":"urn:maestro-conductor:evidence-cut:v1","subject":\['$NAMES'"withheld\.sha256"\}\]\}'

# Says what is bad, and ends the check of one file (each runs in a subshell).
bad() {
  printf '%s\t%s\n' "$1" "$2" >"$out/bad"
  exit 1
}

sha() { sha256sum "$1" | cut -c1-64; }

# is_line FILE PATTERN: the file is exactly one line of that form, without its end.
is_line() {
  [ "$(wc -l <"$1")" -eq 0 ] && [ "$(grep -aEcx "$2" "$1")" = 1 ]
}

HEADS_KEY="Signs heads of receipts:"

# split_keys FILE FOLDER: every key of a file of PEM blocks and nothing else, each as a file, by what it signs.
split_keys() {
  mkdir -p "$2/all" "$2/seals" "$2/heads"
  awk -v to="$2/all" -v role="$HEADS_KEY" '$0 == role || ($0 == "-----BEGIN PUBLIC KEY-----" && !on) { n++; on = 1 } { print > (to "/" (n + 0) ".pem") } /^-----END PUBLIC KEY-----$/ { on = 0 }' "$1" || return 1
  [ -e "$2/all/1.pem" ] && [ "$(tail -c 1 "$1" | wc -l)" -eq 1 ] || return 1
  for pem in "$2"/all/*.pem; do
    sort_key "$pem" "$2" "${pem##*/}" || return 1
  done
}

# sort_key FILE FOLDER NAME: one key, put where its role says.
sort_key() {
  if [ "$(sed -n 1p "$1")" = "$HEADS_KEY" ]; then
    tail -n +2 "$1" >"$2/heads/$3"
    is_pem "$2/heads/$3" && [ "$(wc -c <"$1")" -eq 138 ]
  else
    cp "$1" "$2/seals/$3"
    is_pem "$1"
  fi
}

is_pem() {
  [ "$(wc -c <"$1")" -eq 113 ] && [ "$(wc -l <"$1")" -eq 3 ] &&
    [ "$(sed -n 1p "$1")" = "-----BEGIN PUBLIC KEY-----" ] && [ "$(sed -n 3p "$1")" = "-----END PUBLIC KEY-----" ] &&
    sed -n 2p "$1" | grep -aEqx "$KEY"
}

# is_signed FOLDER MESSAGE SIGNATURE: by one of the folder's keys.
is_signed() {
  for pem in "$1"/*.pem; do
    openssl pkeyutl -verify -pubin -inkey "$pem" -rawin -in "$2" -sigfile "$3" >/dev/null 2>&1 && return 0
  done
  return 1
}

# check_signature MESSAGE SIGNATURE PATH ROLE
check_signature() {
  is_signed "${trusted:-$own}/$4" "$1" "$2" && return
  [ -n "$trusted" ] && is_signed "$own/$4" "$1" "$2" && bad "$3" untrusted-key
  bad "$3" signature
}

# What follows the file's beginning, checked byte by byte: the end records, then every record of the directory and the header
# it points to. Gives "offset size path" of every entry, or "BAD path reason".
structure='
function u(at, width,   v, i) { v = 0; for (i = width - 1; i >= 0; i--) v = v * 256 + b[at + i]; return v }
function bytes(at, length_,   command, line, i, n, parts, count) {
  split("", b); count = 0
  if (length_ <= 0) return 0
  command = "od -An -v -tu1 -j " sprintf("%.0f", at) " -N " sprintf("%.0f", length_) " \"$file\""
  while ((command | getline line) > 0) { n = split(line, parts, " "); for (i = 1; i <= n; i++) b[count++] = parts[i] + 0 }
  close(command)
  return count
}
function bad(path, reason) { print "BAD\t" path "\t" reason; isBad = 1; exit }
function zero(from, to,   i) { for (i = from; i < to; i++) if (b[i] != 0) return 0; return 1 }
function name(at, length_,   i, text) { text = ""; for (i = 0; i < length_; i++) { if (b[at + i] < 33 || b[at + i] > 126) return ""; text = text sprintf("%c", b[at + i]) } return text }
function isPart(text) { return length(text) >= 1 && length(text) <= 100 && text ~ /^[A-Za-z0-9_@][A-Za-z0-9._@+-]*$/ }
function isPath(path,   n, parts, i) {
  if (length(path) > 200) return 0
  n = split(path, parts, "/")
  if (n < 1 || n > 8) return 0
  for (i = 1; i <= n; i++) if (!isPart(parts[i])) return 0
  return 1
}
BEGIN {
  at = size - 128
  bytes(at, 22)
  cdSize = u(12, 4); cdOffset = u(16, 4); count = u(8, 2)
  good = u(0, 4) == 101010256 && zero(4, 8) && u(10, 2) == count && u(20, 2) == 106
  start = at
  if (count == 65535) {
    start -= 76
    if (start < 0) bad("(end)", "end-record")
    bytes(start, 76)
    count = u(24, 6)
    good = good && count > 65534 && u(0, 4) == 101075792 && u(4, 8) == 44 && u(12, 2) == 45 && u(14, 2) == 45 && zero(16, 24)
    good = good && zero(30, 32) && u(32, 8) == count && u(40, 8) == cdSize && u(48, 8) == cdOffset
    good = good && u(56, 4) == 117853008 && zero(60, 64) && u(64, 8) == start && u(72, 4) == 1
  }
  if (!good || count == 0 || cdOffset + cdSize != start || seal != 1) bad("(end)", "end-record")
  bytes(cdOffset, cdSize)
  place = 0; expected = 0; last = ""
  for (number = 0; number < count; number++) {
    nameless = "(entry " number ")"
    if (place + 46 > cdSize || u(place, 4) != 33639248) bad(nameless, "entry-record")
    if (u(place + 10, 2) != 0) bad(nameless, "compressed")
    bytes_ = u(place + 20, 4); length_ = u(place + 28, 2); offset = u(place + 42, 4)
    good = u(place + 4, 2) == 798 && u(place + 6, 2) == 20 && zero(place + 8, place + 14) && u(place + 14, 2) == 33
    good = good && u(place + 24, 4) == bytes_ && zero(place + 30, place + 38) && u(place + 38, 4) == 2175008768
    if (!good || place + 46 + length_ > cdSize) bad(nameless, "entry-record")
    whole = name(place + 46, length_)
    slash = index(whole, "/")
    path = substr(whole, slash + 1); own = substr(whole, 1, slash - 1)
    if (number == 0) folder = own
    isFolder = substr(own, 1, 19) == "conductor-evidence-" && length(own) >= 20 && length(own) <= 139 && substr(own, 20) ~ /^[a-z0-9_-]+$/
    if (slash == 0 || !isFolder || own != folder || !isPath(path)) bad(nameless, "entry-path")
    if (path == last) bad(path, "duplicate")
    if ((path "") < (last "")) bad(path, "order")
    data = offset + 30 + length_
    if (offset != expected || data + bytes_ > cdOffset) bad(path, "entry-header")
    table[number] = sprintf("%.0f\t%.0f\t%s", data, bytes_, path)
    # The header before its bytes is read here and now, so that what is bad first is named first.
    command = "od -An -v -tu1 -j " sprintf("%.0f", offset) " -N " (30 + length_) " \"$file\""
    i = 0; split("", h)
    while ((command | getline line) > 0) { n = split(line, parts, " "); for (j = 1; j <= n; j++) h[i++] = parts[j] + 0 }
    close(command)
    good = h[0] == 80 && h[1] == 75 && h[2] == 3 && h[3] == 4 && h[4] == 20 && h[5] == 0 && h[12] == 33 && h[13] == 0 && h[28] == 0 && h[29] == 0
    for (j = 6; j < 12; j++) good = good && h[j] == 0
    for (j = 0; j < 4; j++) good = good && h[14 + j] == b[place + 16 + j] && h[18 + j] == b[place + 20 + j] && h[22 + j] == b[place + 20 + j]
    good = good && h[26] == b[place + 28] && h[27] == b[place + 29]
    for (j = 0; j < length_; j++) good = good && h[30 + j] == b[place + 46 + j]
    if (!good) bad(path, "entry-header")
    last = path; place += 46 + length_; expected = data + bytes_
  }
  if (place != cdSize || expected != cdOffset) bad("(end)", "gap")
  print "FOLDER\t" folder
  for (number = 0; number < count; number++) print table[number]
}'

# small PATH: a file of the root may have a mebibyte.
small() {
  [ "$(wc -c <"$root/$1")" -le 1048576 ] || bad "$1" size
}

# read_signed PATH PATTERN: leaves the statement in $out/statement.
read_signed() {
  small "$1"
  is_line "$root/$1" "$ENVELOPE" || bad "$1" envelope-form
  sed 's/^{"payload":"//; s/".*//' "$root/$1" | base64 -d >"$out/statement" 2>/dev/null
  sed 's/.*"sig":"//; s/".*//' "$root/$1" | base64 -d >"$out/sig" 2>/dev/null
  {
    printf 'DSSEv1 28 application/vnd.in-toto+json %d ' "$(wc -c <"$out/statement")"
    cat "$out/statement"
  } >"$out/pae"
  check_signature "$out/pae" "$out/sig" "$1" seals
  is_line "$out/statement" "$2" || bad "$1" statement-form
}

digest_of() {
  sed 's/.*"sha256":"\('"[0-9a-f]*"'\)"},"name":"'"$1"'".*/\1/' "$out/statement"
}

# read_list PATH: every line has its form, in the order of paths, and names no file of the root.
read_list() {
  if [ -s "$root/$1" ]; then
    [ "$(tail -c 1 "$root/$1" | od -An -tu1 | tr -d ' ')" = 10 ] || bad "$1" list-form
    [ "$(grep -aEvcx "$HEX  $PATHS" "$root/$1")" = 0 ] || bad "$1" list-form
    awk '{ path = substr($0, 67) } length(path) > 200 || (path "") <= (last "") || path ~ /^(manifest\.(dsse\.json|json|sha256|sigstore\.json|tsr)|cut\.dsse\.json|withheld\.sha256)$/ { exit 1 } { last = path }' "$root/$1" || bad "$1" list-form
  fi
}

PLACE='(0|[1-9][0-9]{0,14})'
TENANT='"ten_[a-z0-9]{1,60}"'
LINK='"sha256:'$HEX'"'
HEAD='\{"at":"'$TIME'","decisionHash":'$LINK',"decisionSeq":'$PLACE',"keyId":"[0-9a-f]{16}","receiptHash":'$LINK',"receiptSeq":'$PLACE',"signature":"[A-Za-z0-9_-]{86}","tenantId":'$TENANT'\}'
ENDS='\{"closing":'$HEAD',"genesis":'$LINK',"opening":(null|'$HEAD'),"tenantId":'$TENANT'\}'

# ends_with_line FILE: its last byte ends a line.
ends_with_line() {
  [ "$(tail -c 1 "$1" | wc -l)" -eq 1 ]
}

# before A B: one text sorts before another.
before() {
  awk -v a="$1" -v b="$2" 'BEGIN { exit !((a "") < (b "")) }'
}

# field HEAD NAME
field() {
  printf '%s' "$1" | sed 's/.*"'"$2"'":"\{0,1\}\([^",}]*\).*/\1/'
}

# check_head HEAD: signed with a key for heads.
check_head() {
  printf '%s' "$1" | sed 's/"keyId":"[^"]*",//; s/"signature":"[^"]*",//' >"$out/head"
  printf '%s==' "$(field "$1" signature | tr -- '-_' '+/')" | base64 -d >"$out/sig" 2>/dev/null
  check_signature "$out/head" "$out/sig" ledger/consistency.json heads
}

# digests FOLDER: SHA-256 of every file, in the order of names.
digests() {
  (cd "$1" && find . -type f | sort | xargs sha256sum) | cut -c1-64
}

# check_chain FROM_SEQ FROM_HASH TO_SEQ TO_HASH: every receipt follows the one before, and the last is where the later head says.
check_chain() {
  range=$root/ledger/range.jsonl
  if [ -s "$range" ]; then
    ends_with_line "$range" && [ "$(tr -cd '\000-\011\013-\037' <"$range" | wc -c)" -eq 0 ] || bad ledger/range.jsonl ledger-form
    receipt='\{"content":\{"action":.*,"tenantId":"'$tenant_id'"\},"hash":'$LINK',"previousHash":'$LINK',"seq":'$PLACE'\}'
    [ "$(grep -aEvcx "$receipt" "$range")" = 0 ] || bad ledger/range.jsonl ledger-form
  fi
  mkdir "$out/contents" "$out/links"
  awk -v to="$out/contents" 'BEGIN { ORS = "" } {
    match($0, /,"seq":[0-9]+}$/)
    tail = RSTART - 170
    file = to "/" sprintf("%09d", NR)
    print substr($0, 12, tail - 12) > file
    close(file)
    print substr($0, RSTART + 7, RLENGTH - 8) " " substr($0, tail + 98, 71) " " substr($0, tail + 9, 71) "\n"
  }' "$range" >"$out/chain"
  if [ -s "$out/chain" ]; then
    digests "$out/contents" | paste -d ' ' "$out/chain" - | awk -v to="$out/links" 'BEGIN { ORS = "" } {
      file = to "/" sprintf("%09d", NR)
      print $2 ":" $1 ":sha256:" $4 > file
      close(file)
    }'
    digests "$out/links" >"$out/hashes"
    paste -d ' ' "$out/chain" "$out/hashes" >"$out/walk"
  else
    : >"$out/walk"
  fi
  fault=$(awk -v seq="$1" -v hash="$2" -v end="$3" -v last="$4" '{
    seq++
    if ($1 != seq) { print "gap"; bad = 1; exit }
    if ($2 != hash) { print "broken-link"; bad = 1; exit }
    if ($3 != "sha256:" $4) { print "changed-content"; bad = 1; exit }
    hash = $3
  } END { if (!bad) { if (seq != end) print "cut-off"; else if (hash != last) print "rewritten" } }' "$out/walk")
  [ -z "$fault" ] || bad ledger/range.jsonl "$fault"
}

check_ledger() {
  listed=0
  for path in ledger/consistency.json ledger/head.json ledger/range.jsonl; do
    cut -c67- "$out/listed" | grep -qx "$path" && listed=$((listed + 1))
  done
  if [ "$listed" -eq 0 ]; then
    case $(cat "$out/root") in *'"completeness":"complete",'*) bad ledger/consistency.json missing ;; esac
    return
  fi
  for path in ledger/consistency.json ledger/head.json ledger/range.jsonl; do
    cut -c67- "$out/listed" | grep -qx "$path" || bad "$path" missing
    cut -c67- "$out/withheld" | grep -qx "$path" && return
  done
  ends=$root/ledger/consistency.json
  small ledger/consistency.json
  ends_with_line "$ends" && [ "$(wc -l <"$ends")" -eq 1 ] && [ "$(grep -aEcx "$ENDS" "$ends")" = 1 ] || bad ledger/consistency.json ledger-form
  closing=$(sed 's/^{"closing":\({[^}]*}\),"genesis".*/\1/' "$ends")
  opening=$(sed 's/.*,"opening":\(.*\),"tenantId":"[a-z0-9_]*"}$/\1/' "$ends")
  genesis=sha256:$(printf 'maestro-conductor/receipts/%s' "$tenant_id" | sha256sum | cut -c1-64)
  case $(cat "$ends") in
    *"},\"genesis\":\"$genesis\",\"opening\":"*",\"tenantId\":\"$tenant_id\"}") ;;
    *) bad ledger/consistency.json ledger-form ;;
  esac
  for head in "$opening" "$closing"; do
    [ "$head" = null ] || [ "$(field "$head" tenantId)" = "$tenant_id" ] || bad ledger/consistency.json ledger-form
  done
  small ledger/head.json
  printf '%s\n' "$closing" | cmp -s - "$root/ledger/head.json" || bad ledger/head.json ledger-form
  first_seq=0 first_hash=$genesis
  if [ "$opening" != null ]; then
    check_head "$opening"
    first_seq=$(field "$opening" receiptSeq) first_hash=$(field "$opening" receiptHash)
  fi
  check_head "$closing"
  [ "$opening" = null ] || before "$(field "$opening" at)" "$from" || bad ledger/consistency.json ledger-period
  before "$(field "$closing" at)" "$asOf" && bad ledger/consistency.json ledger-period
  check_chain "$first_seq" "$first_hash" "$(field "$closing" receiptSeq)" "$(field "$closing" receiptHash)"
}

check() {
  size=$(wc -c <"$file")
  [ "$size" -gt 128 ] && [ "$size" -lt 4294967295 ] || bad "(file)" size
  seal=0
  tail -c 106 "$file" >"$out/comment"
  is_line "$out/comment" "conductor-seal-v1 $SIG" && seal=1
  file=$file awk -v size="$size" -v seal="$seal" "$structure" >"$out/table" </dev/null
  case $(head -n 1 "$out/table") in
    BAD*) bad "$(head -n 1 "$out/table" | cut -f2)" "$(head -n 1 "$out/table" | cut -f3)" ;;
    FOLDER*) folder=$(head -n 1 "$out/table" | cut -f2) ;;
    *) bad "(file)" size ;;
  esac
  tail -n +2 "$out/table" | cut -f3 >"$out/paths"
  unzip -qq -o "$file" -d "$out/files" >/dev/null 2>&1
  unzipped=$?
  root=$out/files/$folder
  for path in manifest.dsse.json manifest.json manifest.sha256; do
    grep -qx "$path" "$out/paths" || bad "$path" missing
  done
  own=$out/own
  mkdir "$own" "$own/seals" "$own/heads"
  n=0
  grep '^verify/keys/' "$out/paths" >"$out/keys"
  while read -r path; do
    small "$path"
    n=$((n + 1))
    sort_key "$root/$path" "$own" "$n.pem" || bad "$path" key-form
  done <"$out/keys"
  [ -n "$(ls "$own/seals")" ] || bad verify/keys missing

  printf 'conductor-seal-v1\n%s\n' "$(head -c $((size - 88)) "$file" | sha256sum | cut -c1-64)" >"$out/sealed"
  tail -c 88 "$file" | base64 -d >"$out/sig" 2>/dev/null
  check_signature "$out/sealed" "$out/sig" "(seal)" seals
  read_signed manifest.dsse.json "$ROOT"
  cp "$out/statement" "$out/root"
  manifest=$(digest_of 'manifest\.json')
  [ "$(sha "$root/manifest.json")" = "$manifest" ] || bad manifest.json digest
  [ "$(sha "$root/manifest.sha256")" = "$(digest_of 'manifest\.sha256')" ] || bad manifest.sha256 digest
  read_list manifest.sha256

  : >"$out/withheld"
  if grep -qEx 'cut\.dsse\.json|withheld\.sha256' "$out/paths"; then
    for path in cut.dsse.json withheld.sha256; do
      grep -qx "$path" "$out/paths" || bad "$path" missing
    done
    read_signed cut.dsse.json "$CUT"
    [ "$(digest_of 'manifest\.json')" = "$manifest" ] || bad cut.dsse.json statement-form
    [ "$(sha "$root/withheld.sha256")" = "$(digest_of 'withheld\.sha256')" ] || bad withheld.sha256 digest
    read_list withheld.sha256
    [ "$(grep -vxF -f "$root/manifest.sha256" "$root/withheld.sha256" | wc -l)" = 0 ] || bad withheld.sha256 list-form
    cp "$root/withheld.sha256" "$out/withheld"
  fi
  sort "$root/manifest.sha256" >"$out/listed"
  sort "$out/withheld" | comm -23 "$out/listed" - | sort -k2 >"$out/expected"
  cut -c67- "$out/expected" >"$out/expected-paths"
  grep -vEx 'manifest\.(dsse\.json|json|sha256|sigstore\.json|tsr)|cut\.dsse\.json|withheld\.sha256' "$out/paths" >"$out/there"
  sort "$out/expected-paths" >"$out/e"
  sort "$out/there" | comm -3 "$out/e" - | awk -F '\t' '{ print ($1 != "" ? $1 "\tmissing" : $2 "\textra") }' | sort | head -n 1 >"$out/presence"
  [ ! -s "$out/presence" ] || bad "$(cut -f1 "$out/presence")" "$(cut -f2 "$out/presence")"

  (cd "$root" && xargs -r -d '\n' sha256sum <"$out/there") >"$out/actual" 2>/dev/null
  sort -k2 "$out/actual" | diff "$out/expected" - >"$out/differs" ||
    bad "$(sed -n 's/^[<>] .\{66\}//p' "$out/differs" | sort | head -n 1)" digest
  if [ "$unzipped" -ne 0 ]; then
    while read -r path; do
      unzip -tqq "$file" "$folder/$path" >/dev/null 2>&1 || bad "$path" crc
    done <"$out/paths"
  fi
  jq -r '.items[] | "\(.digest)  \(.path)"' "$root/manifest.json" 2>/dev/null | sort | cmp -s - "$out/listed" || bad manifest.json manifest-form
  said=$(jq -r '"\"completeness\":\"\(.completeness)\",\"dryRun\":\(.dryRun|tojson),\(.tag)"' "$root/manifest.json" 2>/dev/null)
  case $(cat "$out/root") in
    *"{${said%,*},"*"\"tag\":\"${said##*,}\""*) ;;
    *) bad manifest.json manifest-form ;;
  esac
  jq -r '"\(.tenant.slug | strings) \(.period.from | strings) \(.period.to | strings) \(.tenant.id | strings) \(.asOf | strings)"' "$root/manifest.json" >"$out/of" 2>/dev/null
  tenant=$(sed 's/.*"tenant":"\([a-z0-9-]*\)"},"predicateType".*/\1/' "$out/root")
  from=$(sed 's/.*"period":{"from":"\([^"]*\)".*/\1/' "$out/root")
  to=$(sed 's/.*"period":{"from":"[^"]*","to":"\([^"]*\)".*/\1/' "$out/root")
  [ "$(wc -l <"$out/of")" -eq 1 ] && grep -aEqx "$tenant $from $to ten_[a-z0-9]{1,60} $TIME" "$out/of" || bad manifest.json manifest-form
  asOf=$(sed 's/.* //' "$out/of")
  tenant_id=$(sed "s/^$tenant $from $to \(.*\) $asOf\$/\1/" "$out/of")
  check_ledger
  verdict=incomplete
  case $(cat "$out/root") in *'"completeness":"complete",'*) [ -s "$out/withheld" ] && verdict=cut || verdict=ok ;; esac
  case $(cat "$out/root") in *'"dryRun":true,'*) verdict=dry_run ;; esac
  tag=$(sed 's/.*"tag":"\([^"]*\)".*/\1/' "$out/root")
  printf '%s\t%s\t%s\t%s\t%s\t%s\n' "$verdict" "$(wc -l <"$out/withheld")" "$tag" "$tenant" "$from" "$to" >"$out/good"
}

trusted=
if [ -n "$trust" ]; then
  trusted=$work/trusted
  split_keys "$trust" "$trusted" 2>/dev/null || {
    echo "$trust holds no Ed25519 public keys as PEM, or more than those." >&2
    exit 2
  }
fi
anchored=false
[ -z "$trusted" ] || anchored=true

worst=0
for file in "$@"; do
  [ -f "$file" ] && [ -r "$file" ] || {
    echo "$file cannot be read." >&2
    exit 2
  }
  case $file in /*) ;; *) file=$PWD/$file ;; esac
  out=$work/one
  rm -rf "$out"
  mkdir "$out"
  (check)
  if [ -s "$out/good" ]; then
    verdict=$(cut -f1 "$out/good")
    n=$(cut -f2 "$out/good")
    tag=$(cut -f3 "$out/good") tenant=$(cut -f4 "$out/good") from=$(cut -f5 "$out/good") to=$(cut -f6 "$out/good")
    of='"of":{"tag":"'$tag'","tenant":"'$tenant'","from":"'$from'","to":"'$to'"}'
    more=
    cut_words=
    [ "$n" -eq 0 ] || more=",\"withheld\":$n" cut_words="; a cut: $n items withheld"
    whose="signed by a key you trust"
    [ "$anchored" = true ] || whose="NOT ANCHORED: signed by a key that only the bundle itself names"
    if [ "$json" = yes ]; then
      printf '{"verdict":"%s","anchored":%s,"firstBad":null,%s%s}\n' "$verdict" "$anchored" "$of" "$more"
    else
      echo "$file: $verdict: $tag of $tenant, $from to $to; $whose$cut_words"
    fi
  else
    worst=1
    path="(file)" reason=unreadable
    if [ -s "$out/bad" ]; then
      path=$(cut -f1 "$out/bad") reason=$(cut -f2 "$out/bad")
    fi
    if [ "$json" = yes ]; then
      printf '{"verdict":"refused","anchored":false,"firstBad":{"path":"%s","reason":"%s"}}\n' "$path" "$reason"
    else
      echo "$file: refused: $path: $reason"
    fi
  fi
done
exit $worst
