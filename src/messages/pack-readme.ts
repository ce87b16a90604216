import { type Lang, LANGS } from './lang.js';

/**
 * README.txt of an evidence pack, in every language. It is the same in every pack of this format, so it can name nobody: above all no key,
 * because a key that comes with the evidence proves nothing. The interop test runs the commands between the marks unchanged.
 */
export function evidenceReadme(): string {
  return LANGS.map((lang) => TEXTS[lang]).join(`\n${'='.repeat(78)}\n\n`);
}

/** Stock tools: unzip, sha256sum, minisign, grep and sed. The key is typed by a person who read it on a card. */
const FILES = `unzip -d pack *.zip && cd pack
minisign -V -m index.json -P "$KEY"
grep -oE '"path":"[^"]+","sha256":"[0-9a-f]{64}"' index.json |
  sed -E 's/"path":"([^"]+)","sha256":"([0-9a-f]{64})"/\\2  \\1/' | sha256sum -c`;

const SIGNATURES = `keys=$(find . '(' -path './cards/*.json' -o -path './approvals/*.json' ')' \\
  -exec grep -hoE '"signing_key":"[^"]+"' {} + | cut -d '"' -f 4 | sort -u)
find . -name '*.minisig' | sort | while read -r sig; do
  doc=\${sig%.minisig}; doc=\${doc%.seller}; doc=\${doc%.buyer}; by=
  for key in $keys; do
    minisign -q -V -m "$doc" -x "$sig" -P "$key" 2>/dev/null && by=$key
  done
  echo "\${by:-WRONG}  $sig"
done`;

/** RFC 6962 over the lines of the log, C2SP signed note for the checkpoint. Python knows no Ed25519, so openssl checks the signature. */
const LOG = `cat > log.py <<'END'
import base64, hashlib, os, sys
def h(data): return hashlib.sha256(data).digest()
nodes = []
def push(size, node):
    while nodes and nodes[-1][0] == size:
        size, node = 2 * size, h(b"\\1" + nodes.pop()[1] + node)
    nodes.append((size, node))
done = 0
if os.path.exists("log/pruned.bin"):
    pruned = open("log/pruned.bin", "rb").read()
    done, at = int.from_bytes(pruned[8:16], "big"), 16
    for bit in reversed(range(64)):
        if done >> bit & 1:
            push(1 << bit, pruned[at:at + 32])
            at += 32
note = open("log/checkpoint.txt", encoding="utf8").read()
text, signature = note.split("\\n\\n")
size, root = int(text.split("\\n")[1]), text.split("\\n")[2]
for line in open("log/events.ndjson", "rb"):
    if done == size: break
    push(1, h(b"\\0" + line.rstrip(b"\\n")))
    done += 1
node = nodes.pop()[1]
while nodes: node = h(b"\\1" + nodes.pop()[1] + node)
right = done == size and base64.b64encode(node).decode() == root
print("OK, root of", size, "events" if right else "events: WRONG")
der = bytes.fromhex("302a300506032b6570032100")
open("key.der", "wb").write(der + base64.b64decode(sys.argv[1])[10:])
open("note.txt", "w", newline="").write(text + "\\n")
open("note.sig", "wb").write(base64.b64decode(signature.split(" ")[2])[4:])
sys.exit(not right)
END
python3 log.py "$KEY"
openssl pkeyutl -verify -pubin -keyform DER -inkey key.der -rawin -in note.txt -sigfile note.sig`;

const CHINESE = `证据包 (handover)
${'-'.repeat(17)}

这是什么
  一方在客户资料交接中留下的证据：整个防篡改日志、检查点、名片、协议、交接清单、计划、批准、
  回执、通知函、销毁证明等。里面没有客户资料；客户只以带密钥的标签出现。
  index.json 列出每个文件的大小、摘要、性质和对应的日志事件。

用 handover 核对（推荐）
  handover audit verify --pack 文件名.zip --card 名片.card.json

不用 handover，只用通用工具核对
  需要 unzip、sha256sum、minisign、python3 和 openssl 3。先把这一方名片上的签名公钥
  （signing_key）填进变量；公钥必须来自您另行核对过的名片，不能只取自这个压缩包。
  KEY=签名公钥

1. 文件齐全、没有改动（没有 index.json.minisig 的，跳过 minisign 一行，这样的包没有签名）

${FILES}

2. 每个签名，和签名所用的公钥（名片和批准书上的 signing_key）

${SIGNATURES}

  没有一行是 WRONG，才算通过。公钥对应哪一方，看 cards 里的名片。

3. 日志：从每个事件重新计算 Merkle 根，与签名的检查点比较

${LOG}

  第一行必须以 OK 开头，第二行必须显示 Signature Verified Successfully。
  检查点之后的事件还没有签名。要证明日志没有被这一方自己改写或截断，请对方拿出他手里的
  交接包或回执，用 handover audit verify --pack 文件名.zip --against 文件 对照。
`;

const ENGLISH = `Evidence pack (handover)
${'-'.repeat(24)}

What this is
  What one party can show of a handover of customer data: its whole tamper-evident
  log, checkpoints, cards, deals, manifests, plans, approvals, receipts, notices,
  certificates of purges. No customer is in it; persons appear as keyed tags only.
  index.json lists each file with its size, digest, kind and event of the log.

To check it with handover (recommended)
  handover audit verify --pack NAME.zip --card NAME.card.json

To check it with stock tools
  You need unzip, sha256sum, minisign, python3 and openssl 3. Put the signing key of
  the party's card (signing_key) into a variable. It must come from a card that you
  compared another way, never from this archive alone.
  KEY=...

1. The files are all there, as they were (without index.json.minisig leave out the
   line with minisign: such a pack is not signed)

${FILES}

2. Each signature, and the key that made it (signing_key of a card or an approval)

${SIGNATURES}

  No line may say WRONG. Whose key it is stands on the cards.

3. The log: the Merkle root from each event, compared with the signed checkpoint

${LOG}

  The first line must begin with OK, the second must say Signature Verified
  Successfully. Events after the checkpoint are not signed yet. That the party did not
  rewrite its log or cut its end shows in a bundle or receipt in the other party's
  hands: handover audit verify --pack NAME.zip --against FILE
`;

const TEXTS: Readonly<Record<Lang, string>> = { zh: CHINESE, en: ENGLISH };
