import { plural, screen } from './screen.js';

/** Proofs in files of their own: made, and checked. */
export const proofWords = screen(
  {
    eventFile: (event: number) => `事件-${event}`,
    writtenEvent: (event: number, path: string) => `已写出第 ${event} 个事件的证明  ${path}`,
    event: '事件',
    eventText: (event: number, time: string, what: string, who: string) =>
      `第 ${event} 个，${time}，${what}（操作人 ${who}）`,
    under: '日志',
    underText: (size: string) => `在前 ${size} 个事件的检查点之下`,
    digest: 'SHA-256',
    handOver: '连同自己的名片一起交给对方；对方运行',
    yourCard: '您的名片.card.json',

    provedEvent: (issuer: string, event: number) => `属实：${issuer} 的日志里第 ${event} 个事件就是这一条。`,
    requestFile: (size: number) => `检查点-${size}`,
    requested: (size: string, path: string) => `已写出时间戳申请（前 ${size} 个事件）  ${path}`,
    bring: '把文件交给时间戳机构（application/timestamp-query），收到回复后运行',
    response: '回复.tsr',
    root: '时间戳机构根证书.pem',
    accepted: (size: string, time: string) => `时间戳有效：前 ${size} 个事件在 ${time} 之前已经如此`,
    wouldAccept: (size: string, time: string) =>
      `时间戳有效，将会收下：前 ${size} 个事件在 ${time} 之前已经如此`,
    acceptedAgain: '这份回复以前收过，没有变化。',
    authority: '机构',
    subjectFile: (bundle: string, tag: string) => `客户证明-${bundle}-${tag}`,
    writtenPresence: (path: string) => `已写出证明：这位客户在交接包里  ${path}`,
    writtenAbsence: (path: string) => `已写出证明：这位客户不在交接包里  ${path}`,
    signatureBeside: '签名在旁边的 .minisig，要一起交出。',
    question: (path: string) => `把这位客户的资料以明文写进证明 ${path}？只应交给客户本人。`,
    holdsPerson: '证明里有客户编号：只交给客户本人或有权查验的机关，用完即删。',
    holdsValues: '证明里有客户编号和资料：只交给客户本人，用完即删。',
    noValues: '这位客户不在交接包里，没有资料可带。',
    bundle: '交接包',
    bundleText: (deal: string, number: number, day: string) => `${deal} 第 ${number} 个，${day}`,
    parties: '双方',
    partiesText: (seller: string, buyer: string) => `${seller} 交给 ${buyer}`,
    basis: '依据',
    purposes: '目的',
    fields: '字段',
    tag: '标签',

    provedPresence: (customer: string) => `属实：客户编号 ${customer} 在这个交接包里。`,
    provedAbsence: (customer: string) => `属实：客户编号 ${customer} 不在这个交接包里。`,
    signedBy: '签名',
    signedBoth: '卖方签了清单，买方签了回执（买方从收到的资料重新算出同样的结果）',
    signedSeller: '卖方签了清单',
    signedBuyer: '买方签了回执（买方从收到的资料算出同样的结果）；卖方对清单的签名不在证明里',
    link: '编号与标签',
    linkRow: '资料本身同时写着客户编号和标签，不必凭出具方的话',
    linkIssuer: (issuer: string) =>
      `这个标签属于这个客户编号，凭 ${issuer} 签字担保；换算的密钥只在双方手里，双方都能核对`,
    sorted: '不在的证明',
    sortedBoth: '标签按次序排列，卖方签过，买方核对过；这位客户的标签应在两个紧挨着的标签之间，那里没有',
    sortedSeller: '标签按次序排列，凭卖方签字；这位客户的标签应在两个紧挨着的标签之间，那里没有',
    values: '资料',
    empty: '（空）',
    compared: (file: string) => `与交接包文件 ${file} 是同一个`,
    notProvedPresence:
      '没有证明的：资料内容是什么（证明不带内容），资料是否另有副本，以及其他交接包里有没有这位客户。',
    notProvedValues: '没有证明的：资料是否另有副本，以及其他交接包里有没有这位客户。',
    notProvedAbsence: '没有证明的：其他交接包里有没有这位客户，以及有没有以别的方式提供过资料。',
    issuer: '出具方',
    fingerprint: '指纹',
    objects: '对象',
    content: '内容',
    origin: '日志编号',
    notProvedEvent:
      '没有证明的：这件事当时是否真的发生，时间是否准确（时间取自出具方的电脑），以及日志里还有别的什么。',
    compare: '名片指纹是否属于出具方，请用电话等其他途径核对。',
  },
  {
    eventFile: (event: number) => `event-${event}`,
    writtenEvent: (event: number, path: string) => `Proof of event ${event} written  ${path}`,
    event: 'Event',
    eventText: (event: number, time: string, what: string, who: string) =>
      `no. ${event}, ${time}, ${what} (by ${who})`,
    under: 'Log',
    underText: (size: string) => `under the checkpoint of the first ${plural(size, 'event')}`,
    digest: 'SHA-256',
    handOver: 'hand it over with your card; whoever checks it runs',
    yourCard: 'YOUR.card.json',

    provedEvent: (issuer: string, event: number) =>
      `True: event ${event} in the log of ${issuer} is this one.`,
    requestFile: (size: number) => `checkpoint-${size}`,
    requested: (size: string, path: string) =>
      `Request for a time stamp written (first ${plural(size, 'event')})  ${path}`,
    bring: 'take it to a time stamp authority (application/timestamp-query); with its answer run',
    response: 'RESPONSE.tsr',
    root: 'AUTHORITY-ROOT.pem',
    accepted: (size: string, time: string) =>
      `The time stamp is good: the first ${plural(size, 'event')} stood so by ${time}`,
    wouldAccept: (size: string, time: string) =>
      `The time stamp is good and would be kept: the first ${plural(size, 'event')} stood so by ${time}`,
    acceptedAgain: 'This answer was kept before; nothing changed.',
    authority: 'Authority',
    subjectFile: (bundle: string, tag: string) => `customer-${bundle}-${tag}`,
    writtenPresence: (path: string) => `Proof written: this customer is in the bundle  ${path}`,
    writtenAbsence: (path: string) => `Proof written: this customer is not in the bundle  ${path}`,
    signatureBeside: 'Its signature is beside it (.minisig); hand over both.',
    question: (path: string) =>
      `Write this customer’s record in clear into the proof ${path}? It is for the customer alone.`,
    holdsPerson:
      'The proof holds the customer number: for the customer or an authority only; delete it once it is handed over.',
    holdsValues:
      'The proof holds the customer number and the record: for the customer only; delete it once it is handed over.',
    noValues: 'This customer is not in the bundle, so there is no record to show.',
    bundle: 'Bundle',
    bundleText: (deal: string, number: number, day: string) => `${deal} no. ${number}, ${day}`,
    parties: 'Parties',
    partiesText: (seller: string, buyer: string) => `from ${seller} to ${buyer}`,
    basis: 'Basis',
    purposes: 'Purposes',
    fields: 'Fields',
    tag: 'Tag',

    provedPresence: (customer: string) => `True: customer ${customer} is in this bundle.`,
    provedAbsence: (customer: string) => `True: customer ${customer} is not in this bundle.`,
    signedBy: 'Signed',
    signedBoth:
      'the manifest by the seller, the receipt by the buyer, who computed the same from the records that came',
    signedSeller: 'the manifest by the seller',
    signedBuyer:
      'the receipt by the buyer, who computed the same from the records that came; the seller’s signature over the manifest is not in the proof',
    link: 'No. and tag',
    linkRow: 'the record itself holds customer number and tag: no need to take the issuer’s word',
    linkIssuer: (issuer: string) =>
      `that the tag is this customer’s is the signed word of ${issuer}; the key stays with the two parties, and either can check it`,
    sorted: 'Absence',
    sortedBoth:
      'the tags stand in order, as the seller signed and the buyer checked; this one belongs between two neighbours, and nothing is there',
    sortedSeller:
      'the tags stand in order, by the seller’s signature; this one belongs between two neighbours, and nothing is there',
    values: 'Record',
    empty: '(empty)',
    compared: (file: string) => `the same as the bundle file ${file}`,
    notProvedPresence:
      'Not proved: what the record said (the proof holds no values), whether copies exist elsewhere, and whether other bundles hold this customer.',
    notProvedValues:
      'Not proved: whether copies exist elsewhere, and whether other bundles hold this customer.',
    notProvedAbsence:
      'Not proved: whether other bundles hold this customer, and whether the record was given away in another manner.',
    issuer: 'Issuer',
    fingerprint: 'Fingerprint',
    objects: 'About',
    content: 'Details',
    origin: 'Log id',
    notProvedEvent:
      'Not proved: that it really happened so, that the time is right (it is of the issuer’s computer), and what else the log holds.',
    compare: 'Whether the fingerprint is the issuer’s has to be compared by telephone or another channel.',
  },
);
