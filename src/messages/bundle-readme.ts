import { type Lang, LANGS } from './lang.js';

/**
 * README.txt of a bundle, in every language. It is the same in every bundle of this format, so it can name nobody: above all no key,
 * because a key that comes with the bundle proves nothing. The interop test runs the commands between the marks unchanged.
 */
export function bundleReadme(): string {
  return LANGS.map((lang) => TEXTS[lang]).join(`\n${'='.repeat(78)}\n\n`);
}

/** Stock tools: unzip, minisign, sha256sum, age and gunzip. The key is typed by a person who read it on a card. */
const VERIFY = `unzip -d bundle *.handover.zip && cd bundle
minisign -V -m manifest.json -P "$SELLER_KEY"
minisign -V -m deal.json -x deal.json.seller.minisig -P "$SELLER_KEY"
minisign -V -m deal.json -x deal.json.buyer.minisig -P "$BUYER_KEY"
grep -oE '"path":"[^"]+"(,"rows":[0-9]+)?,"sha256":"[0-9a-f]{64}"' manifest.json |
  sed -E 's/"path":"([^"]+)".*"sha256":"([0-9a-f]{64})"/\\2  \\1/' | sha256sum -c`;

const OPEN = `for f in data/*.ndjson.gz.age; do age -d -i key.txt "$f" | gunzip; done > customers.ndjson`;

const KEY = 'age -d identity.age > key.txt';

const CHINESE = `客户资料交接包 (handover)
${'-'.repeat(24)}

这是什么
  卖方按双方签署的交接协议（deal.json）发给买方的客户资料。资料在 data 文件夹里，已加密，
  只有协议写明的接收方能打开。manifest.json 是卖方签名的清单，不含个人信息。

如果您不是接收方
  请不要转发，请删除这个文件，并告知卖方发错了对象。

用 handover 核对和接收（推荐）
  handover verify 文件名.handover.zip --card 卖方.card.json
  handover receive 文件名.handover.zip

不用 handover，只用通用工具核对
  需要 unzip、minisign、sha256sum。先把名片上的签名公钥（signing_key）填进两个变量；
  公钥必须来自您当面或电话核对过的名片，不能取自这个压缩包。
  SELLER_KEY=卖方公钥   BUYER_KEY=买方公钥

${VERIFY}

  每一步都必须显示成功（Signature and comment signature verified；每行 OK）。
  有一步失败，就不要使用这份文件。

不用 handover 打开
  需要 age 和 gunzip。名片上的接收公钥以 age1pq1 开头时，需要 age 1.3 或更新的版本。
  先从工作区的 keys 文件夹取出密钥（会要求输入口令）：

${KEY}

  然后解密，得到每行一位客户的 JSON 文本：

${OPEN}

  解密后的文件是明文，用完请删除；key.txt 也请立即删除。
  使用资料不得超出协议写明的目的，并请把签名回执交给卖方。
`;

const ENGLISH = `Customer data bundle (handover)
${'-'.repeat(31)}

What this is
  Customer data that the seller sends to the buyer under the deal that both have
  signed (deal.json). The data is in the folder data, encrypted: only the recipients
  named in the deal can open it. manifest.json is the list of contents, signed by the
  seller; it holds no personal data.

If you are not the recipient
  Do not pass it on. Delete it and tell the seller that it went astray.

To verify and receive with handover (recommended)
  handover verify NAME.handover.zip --card SELLER.card.json
  handover receive NAME.handover.zip

To verify with stock tools
  You need unzip, minisign and sha256sum. Put the signing keys of the two cards
  (signing_key) into two variables. They must come from cards that you compared in
  person or over the phone, never from this archive.
  SELLER_KEY=...   BUYER_KEY=...

${VERIFY}

  Every step must succeed (Signature and comment signature verified; OK on each line).
  If one fails, do not use the file.

To open with stock tools
  You need age and gunzip; age 1.3 or later if the recipient on your card begins with
  age1pq1. Take your key from the folder keys of your workspace (age asks for the
  passphrase):

${KEY}

  Then decrypt; the result is JSON, one customer on a line:

${OPEN}

  The decrypted file is plain text: delete it after use, and delete key.txt at once.
  Use the data only for the purposes of the deal, and give the seller a signed receipt.
`;

const TEXTS: Readonly<Record<Lang, string>> = { zh: CHINESE, en: ENGLISH };
