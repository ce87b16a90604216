import { screen } from './screen.js';

/** The page around a document that is sent: what it is, what to do with it, how to check it without this program. */
export const sendingWords = screen(
  {
    titles: {
      card: (from: string) => `${from} 的名片`,
      deal: (from: string) => `${from} 发来的交接协议`,
      receipt: (from: string) => `${from} 的回执`,
      notice: (from: string) => `${from} 的通知函`,
      completion: (from: string) => `${from} 的办结单`,
    },
    about: {
      card: '名片里是对方的公钥和联系方式，没有客户资料。',
      deal: '协议的条款和签名，没有客户资料。',
      receipt: '买方对交接包的签收，没有客户资料。',
      notice: '卖方转来的客户请求。里面没有姓名和电话；要更正的内容是加密的。',
      completion: '买方办理通知函的结果，没有客户资料。',
    },
    doThis: '收到以后怎么做',
    receive: '把这个文件原样保存，在工作区里运行下面这一行，或者单独运行 handover，选“收下对方发来的文件”：',
    nameMayChange: '文件改了名也没关系。',
    unproved: '这一页的文字谁都能写。能证明的，是里面文件上的签名；程序收下时逐项核验。',
    cardCall: '还要打电话核对指纹：由对方念出，您输入。这一页故意不写指纹。',
    inside: '里面的文件',
    insideHow: '不用本程序也能核验：点文件名保存下来（逐字节就是签了名的原文），再用 minisign。',
    key: '公钥是对方名片里的 signing_key（您核对过指纹的那一张）。',
    ownKey: '名片是自己签自己：这里写的公钥只说明文件没有损坏，是不是对方要靠指纹。',
    bytes: (count: string) => `${count} 字节`,
  },
  {
    titles: {
      card: (from: string) => `Card of ${from}`,
      deal: (from: string) => `Deal, sent by ${from}`,
      receipt: (from: string) => `Receipt of ${from}`,
      notice: (from: string) => `Notice from ${from}`,
      completion: (from: string) => `Completion of ${from}`,
    },
    about: {
      card: 'A card has public keys and contact details, and no customer data.',
      deal: 'The terms of the deal and signatures, and no customer data.',
      receipt: "The buyer's receipt for a bundle, and no customer data.",
      notice:
        'Requests of customers, passed on by the seller. No names or numbers are in it; what is to be corrected is encrypted.',
      completion: 'What the buyer did about a notice, and no customer data.',
    },
    doThis: 'What to do with it',
    receive:
      'Save this file as it is, and in the workspace run the line below, or run handover alone and choose "Take in a file that was sent":',
    nameMayChange: 'It does not matter if the file was renamed.',
    unproved:
      'Anybody can write the words of this page. What proves something are the signatures on the files inside; the program verifies each when it takes them in.',
    cardCall:
      'Then compare the fingerprint over the phone: its owner reads it out, you type it. It is not on this page on purpose.',
    inside: 'Files inside',
    insideHow:
      'They can be checked without this program: click a name to save the file (byte for byte what was signed), then use minisign.',
    key: "The public key is signing_key in the sender's card (the one whose fingerprint you compared).",
    ownKey:
      'A card signs itself: the key here only shows that the file is whole; whose it is, the fingerprint tells.',
    bytes: (count: string) => `${count} bytes`,
  },
);
