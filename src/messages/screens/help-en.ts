import { helpHouse } from './help-house.js';

/** The help in English. Its keys are those of cli/shapes.ts, which cli/help.ts proves by type. */
export const helpEn = {
  tagline: 'Hands customer data to the buyer lawfully, safely and provably. Entirely offline.',
  headings: {
    examples: 'Examples',
    usage: 'Usage',
    commands: 'Commands',
    arguments: 'Arguments',
    options: 'Options',
    everywhere: 'With every command',
    exits: 'Exit codes',
  },
  usage: { command: 'COMMAND', verb: 'VERB', options: 'OPTIONS' },
  more: 'More about one: handover COMMAND --help',
  brief: 'On a terminal, handover alone asks step by step. All commands:',
  exits:
    '0 done · 1 fault · 2 usage · 3 data findings · 4 refused by policy · 5 authenticity · 6 integrity · 7 key or passphrase · 8 partly done, run again · 9 workspace in use · 10 version not supported · 11 nobody may go · 75 temporary · 130/143 interrupted',
  example: [
    [
      'Seller: from the customer file to the bundle',
      'handover init jia --role seller --name "Jia Home Services" --phone 021-5550100',
    ],
    ['', 'handover import customers.csv'],
    ['', 'handover check --deal 2026-JX-014'],
    ['', 'handover export --deal 2026-JX-014'],
    ['Buyer: verify and store', 'handover receive 2026-JX-014-1.handover.zip'],
    ['Officer: was the log changed?', 'handover audit verify --against 2026-JX-014-1.receipt.json'],
  ],
  sections: {
    start: 'Start',
    deal: 'The deal',
    seller: 'Seller',
    buyer: 'Buyer',
    end: 'The end of the data',
    officer: 'Officer and overview',
    incident: 'Incidents',
    house: 'Papers, people, what follows',
    persons: 'Requests of customers',
  },
  groups: {
    policy: 'Packs of rules: by what each customer is judged',
    card: 'Cards: the public identity of a party',
    trust: 'The parties you trust',
    deal: 'The deal',
    source: 'A customer file that many machines read',
    bundle: 'One bundle, sealed or opened by many machines',
    receipt: "The buyer's receipt",
    purge: 'The end of the data: plan, run, certificate',
    audit: 'The tamper-evident log',
    retention: 'How long what is kept',
    hold: 'Cases that forbid purging',
    freeze: 'Statutory periods that still run',
    incident: 'Incidents: register, clocks, notices, close',
    subject: 'One customer',
    request: 'The register of requests',
    campaign: 'Asking the customers',
    notice: 'Notices to the buyer about persons',
    papers: 'Agreements, assessments, rules and other papers',
    people: 'Who has to do with customer data',
    feedback: 'Complaints and the survey',
    followup: 'What is to be done after a handover',
    findings: 'What audits found, and what became of it',
  },
  allowed: (values: string) => ` (one of ${values})`,
  default: 'needed',
  globals: {
    workspace: 'workspace folder; else the first one from here upwards',
    json: 'print one JSON document on standard output',
    lang: 'language; else that of the system',
    noInput: 'never ask; fail where an answer is needed',
    yes: 'answer yes to “are you sure”',
    quiet: 'no progress and no next step',
    noColor: 'no colour',
    operator: 'who is at the keyboard, for the log; else HANDOVER_OPERATOR or USER',
    passphraseFile: 'read the passphrase from the first line of a file',
    passphraseFd: 'read the passphrase from an open file descriptor',
    debug: 'show where in the program it failed (no data)',
    help: 'show help',
  },
  dryRun: 'say what would be done, and do not do it',
  commands: {
    init: {
      summary: 'make a workspace, its keys and its card',
      about:
        'A workspace is a folder with the database, keys and files of one party. Only you hold the passphrase; nobody can recover it.',
      examples: [
        'handover init jia --role seller --name "Jia Home Services" --uscc 91310115MA1K3XXXXX --phone 021-5550100',
        'handover init yi --role buyer --name "Yi Home Services" --phone 021-5550200',
      ],
      arguments: { folder: 'the new workspace folder; else the current one' },
      options: {
        role: 'whether you sell or buy',
        name: 'full name of the firm, on the card',
        uscc: 'unified social credit code',
        phone: 'telephone, on the card',
        email: 'e-mail',
        address: 'postal address',
        test: 'a workspace for rehearsal, kept apart from production data',
        classic: 'classic keys (X25519), for a partner with an older age',
        unprotected: 'no passphrase (automation only; the keys are stored in clear)',
      },
    },
    'card show': {
      summary: 'show a card and its fingerprint (your own or a file)',
      about:
        'The sheet has the fingerprint as digits, words and a QR code, to be printed, signed, stamped and put into the annex of a contract.',
      examples: [
        'handover card show',
        'handover card show yi.card.json',
        'handover card show --sheet fingerprint.html',
      ],
      arguments: { card: 'card file; else your own' },
      options: { sheet: 'write the fingerprint as a sheet to print', force: 'overwrite an existing file' },
    },
    'card export': {
      summary: 'write your card and its signature to files for the other party',
      examples: ['handover card export', 'handover card export --out jia.card.json'],
      arguments: {},
      options: { out: 'where to write it', force: 'overwrite an existing file' },
    },
    'trust add': {
      summary: 'trust a card after comparing its fingerprint',
      about:
        'Compare the fingerprint by another way, such as the telephone. A card that was not compared is not trusted.',
      examples: [
        'handover trust add yi.card.json',
        'handover trust add yi.card.json --fingerprint "48213 90577 16402 88135 27946 50318"',
      ],
      arguments: { card: "the other party's card file" },
      options: { fingerprint: 'the fingerprint read out by the other party, six groups of five digits' },
    },
    'trust replace': {
      summary: 'trust a new card in the place of a trusted one',
      about:
        'When the other party has a new card: compare its fingerprint as with trust add. A card that the former key has signed too (.former.minisig beside it) needs no comparison. The role stays the same.',
      examples: [
        'handover trust replace yi-2027.card.json',
        'handover trust replace yi-2027.card.json --former "Yi Home Services" --deals-stay',
      ],
      arguments: { card: "the other party's new card file" },
      options: {
        former: 'name, fingerprint or digest of the trusted card; without it, the one of the same name',
        fingerprint: 'the fingerprint of the new card as it was read out, six groups of five digits',
        dealsStay: 'states that deals under way go on with the former card',
      },
    },
    'trust remove': {
      summary: 'withdraw the trust in a card',
      about:
        'What was signed with it can still be verified. New deals and bundles are not accepted. Not while a deal that it signed is under way.',
      examples: ['handover trust remove "Yi Home Services"'],
      arguments: { card: 'the name, the fingerprint or the digest of the card' },
      options: {},
    },
    'trust list': {
      summary: 'list the trusted cards',
      examples: ['handover trust list'],
      arguments: {},
      options: {},
    },
    'deal init': {
      summary: 'draft a deal: asks on a terminal, and writes a commented deal.yaml',
      about:
        'The list of fields comes from the imported customer file. What was neither answered nor given as an option is drafted in the usual way, or left blank. Digests of papers are calculated.',
      examples: [
        'handover deal init',
        'handover deal init terms.yaml --id 2026-JX-014 --agreement nda.pdf --agreement-signed 2026-10-08',
        'handover deal init --field name=keep --field notes=drop --buyer-keeps P3Y',
      ],
      arguments: { file: 'where to write it; deal.yaml by default' },
      options: {
        id: 'id of the deal',
        partner: 'with whom: the name on the card; by default whoever was trusted last',
        kind: 'kind of deal',
        purpose: 'purpose, may be repeated: service, contract (open contracts), aftercare',
        field: 'what becomes of a column, may be repeated: name=keep, notes=drop',
        effective: 'effective date',
        sellerKeeps: 'how long the seller keeps the data after the receipt: P30D',
        buyerKeeps: 'how long the buyer keeps it: P3Y',
        inactive: 'customers not served for longer stay behind: P3Y; none for no limit',
        agreement: 'the confidentiality agreement that both signed (file)',
        agreementSigned: 'day on which the agreement was signed',
        assessment: 'the impact assessment (file)',
        assessmentDate: 'day of the assessment',
        notice: 'the notice that customers were sent (file)',
        noticeSent: 'day on which the notice was sent',
        contact: 'whom customers turn to',
        phone: 'which number customers call',
        approvals: 'how many persons besides the clerk have to approve, 0 to 5',
        force: 'overwrite an existing file',
      },
    },
    'deal amend': {
      summary: 'write the version in force as a text to edit, for an amendment',
      examples: ['handover deal amend', 'handover deal amend 2026-JX-014 amendment.yaml'],
      arguments: {
        deal: 'deal id; may be left out if there is only one',
        file: 'where to write it; else amendment.yaml',
      },
      options: { force: 'overwrite an existing file' },
    },
    'deal check': {
      summary: 'check a deal and list everything that is wrong',
      examples: ['handover deal check deal.yaml'],
      arguments: { deal: 'deal file or id' },
      options: {},
    },
    'deal sign': {
      summary: 'sign a deal (each party once)',
      examples: ['handover deal sign deal.yaml', 'handover deal sign 2026-JX-014.deal.json'],
      arguments: { deal: 'deal file or id' },
      options: {},
    },
    'deal show': {
      summary: 'show the terms and who has signed',
      examples: ['handover deal show 2026-JX-014', 'handover deal show --html deal.html'],
      arguments: { deal: 'deal file or id; may be left out if there is one' },
      options: { html: 'write it as a page, to read and to print', force: 'overwrite an existing file' },
    },
    profile: {
      summary: 'look at what is in a customer file; nothing is imported',
      about:
        'Column by column: how many cells are filled, how they are written, what is wrong with them, which class they are and whether they would leave, with three masked samples; and rows that may be one person. Needs no workspace.',
      examples: ['handover profile customers.xlsx', 'handover profile customers.csv --html profile.html'],
      arguments: { file: 'the customer file (CSV, Excel workbook and others)' },
      options: {
        consents: 'the file is a consent ledger',
        html: 'write it as a page',
        deal: 'the deal that says what leaves; may be left out if there is one',
        mapping: 'column mapping file',
        encoding: 'text encoding; else recognised',
        sheet: 'sheet of a workbook; else the one that looks like it',
        dateOrder: 'how dates are read whose year stands last; else the column shows it',
        skipColumn: 'a column to leave unread, by name or number; may be repeated',
        force: 'overwrite an existing page',
      },
    },
    import: {
      summary: 'import a customer file (CSV); every row is accounted for',
      about:
        'Encoding, delimiter and columns are recognised. Bad rows go to the reject file (as they were, with line, problem and advice); the others are imported.',
      examples: [
        'handover import customers.csv',
        'handover import customers.csv --consents consents.csv',
        'handover import --consents consents.csv',
        'handover import customers.csv --encoding gb18030 --mapping customers.mapping.txt',
        'handover import invoices-2024.csv --archive tax-documents --from 2024-12-31',
      ],
      arguments: { file: 'the customer file; may be left out to import consents only' },
      options: {
        consents: 'a separate consent ledger (CSV)',
        mapping: 'column mapping file (editable)',
        encoding: 'text encoding; else recognised',
        sheet: 'sheet of a workbook; else the one that looks like it',
        dateOrder: 'how dates are read whose year stands last; else the column shows it',
        skipColumn: 'a column to leave unread, by name or number; may be repeated',
        rejects: 'where to write the reject file',
        fix: 'a class of damage to mend, where nothing is lost by it; may be repeated',
        table:
          'which table beside the customer list the file is: orders, prepaid balances, open services; each row belongs to a customer by number',
        archive:
          'the file is a statutory archive, and this is the statute that alone keeps it; stored apart from the customer list, never judged, asked or handed over',
        from: 'with --archive: the day on which its period begins, of several the latest',
        returned: 'persons of the archive who are in the file are customers again',
        as: 'how the file stands to the customer list, where it does not show: a new list, a correction, an addition, a newer export',
        read: 'instead of a file, the folder of handover source plan, whose parts other machines have read',
        again: 'import the same file once more',
        force: 'overwrite an existing reject file',
      },
    },
    'source plan': {
      summary: 'cut a very long customer file or consent ledger (CSV) into parts that many machines can read',
      about:
        'Encoding, columns, the way of dates and all else that takes the whole file is decided here; nothing is imported yet. Workbooks and tables beside the customer list are imported on one machine.',
      examples: [
        'handover source plan customers.csv parts --key /run/user/1000/parts.key --parts 64',
        'handover source plan consents.csv parts --key /run/user/1000/parts.key --consents',
      ],
      arguments: { file: 'the customer file (CSV)', folder: 'a new folder for the parts' },
      options: {
        key: 'a new file for the key that opens the job and what is read; not in the folder',
        parts: 'about how many; else such that each is some seconds of work',
        consents: 'the file is a consent ledger',
        archive: 'the file is a statutory archive, and this is the statute that alone keeps it',
        from: 'with --archive: the day on which its period begins, of several the latest',
        mapping: 'column mapping file (editable)',
        encoding: 'text encoding; else recognised',
        dateOrder: 'how dates are read whose year stands last; else the column shows it',
        skipColumn: 'a column to leave unread, by name or number; may be repeated',
        fix: 'a class of damage to mend, where nothing is lost by it; may be repeated',
        again: 'import the same file once more',
      },
    },
    'source read-part': {
      summary: 'read one part: needs the folder, its key and the file, no workspace and no network',
      about: 'May be done again, here or elsewhere: the same part gives the same bytes.',
      examples: [
        'handover source read-part parts 7 --key /dev/shm/parts.key',
        'handover source read-part parts 7 --key /dev/shm/parts.key --file /mnt/customers.csv',
      ],
      arguments: { folder: 'the folder of the parts', part: 'number of the part, from 1' },
      options: {
        key: 'the key file, or an open descriptor such as /dev/fd/3',
        file: 'where the customer file lies on this machine; else where it was planned',
        rows: 'a file of nothing but the bytes of this part, such as /dev/stdin; ranges.json says where each begins and how long it is',
      },
    },
    check: {
      summary: 'decide for each record under the deal: transfer, ask or withhold',
      examples: ['handover check --deal 2026-JX-014', 'handover check --explain C00000217'],
      arguments: {},
      options: {
        deal: 'id of the deal; may be left out if there is one',
        dataset: 'id of the dataset; else the latest import',
        explain: "the chain of reasons for one customer (the customer's number)",
        unmatched:
          'ledger rows that match nobody: near takes them for the nearest number, nobody for no customers',
        policy: 'with --diff: another pack of rules than the signed one',
        diff: 'whose verdict the other rules would change (masked); nothing is kept',
        list: 'list the customers, why, and what would help (masked); unmatched lists the ledger rows that match nobody',
        out: 'write the list in clear as a .csv or .xlsx file; needs a purpose',
        purpose: 'what the list in clear is for; it is logged',
        html: 'write what was found in free text as a page, with masked context',
        force: 'replace an existing file',
      },
    },
    'campaign draft': {
      summary: 'draft what customers are told and asked, from the deal; the buyer drafts its own notice',
      examples: ['handover campaign draft --deal 2026-JX-014'],
      arguments: {},
      options: {
        deal: 'id of the deal; not needed if there is only one',
        for: 'what the buyer will use the data for (a purpose of the deal); may be repeated',
      },
    },
    'campaign batch': {
      summary: 'choose whom to ask now: a sheet for messages or calls, or letters (in clear, logged)',
      examples: [
        'handover campaign batch --deal 2026-JX-014 --channel sms',
        'handover campaign batch --channel phone --remind',
      ],
      arguments: {},
      options: {
        deal: 'id of the deal; not needed if there is only one',
        channel: 'how: sms, wechat, phone, or paper with an answer slip',
        remind: 'remind those too who were asked once and have not answered',
        out: 'file to write: .csv or .xlsx; .html for letters',
        force: 'replace an existing file',
      },
    },
    'campaign import': {
      summary: 'import answers: short messages, delivery reports, questionnaires, call sheets, slips, WeChat',
      examples: [
        'handover campaign import replies.csv --deal 2026-JX-014',
        'handover campaign import slips.xlsx --channel paper --received 2026-11-28',
      ],
      arguments: { file: 'the file of answers (CSV or Excel)' },
      options: {
        deal: 'id of the deal; not needed if there is only one',
        channel:
          'where the answers come from: sms, wechat, phone, paper, web; not needed where the headings show it',
        received: 'the day on which answers without a time were received',
        encoding: 'text encoding; found out if not given',
        sheet: 'name of the sheet to read of a workbook; chosen if not given',
      },
    },
    'campaign status': {
      summary: 'who was asked, what came back, who may be reminded, until when they may object',
      examples: [
        'handover campaign status --deal 2026-JX-014',
        'handover campaign status --jsonld consents.jsonld',
      ],
      arguments: {},
      options: {
        deal: 'id of the deal; not needed if there is only one',
        jsonld:
          'write the consents as records for other programs (ISO/IEC TS 27560, DPV); persons by tag alone',
        force: 'overwrite files',
      },
    },
    'campaign words': {
      summary: 'the vocabulary of answers: what counts as yes and as no; words can be added',
      examples: ['handover campaign words', 'handover campaign words --add aye --means yes'],
      arguments: {},
      options: { add: 'the word to add', means: 'what it means' },
    },
    approve: {
      summary: 'a second person looks at what would leave, and signs it',
      examples: [
        'handover approve --deal 2026-JX-014 --operator "Li Min"',
        'handover approve --purge --operator "Li Min"',
      ],
      arguments: { purge: 'id of a purge, with --purge; else the newest plan' },
      options: {
        deal: 'id of the deal; may be left out if there is one',
        purge: 'approve the plan of a purge instead',
        approverPassphraseFile: "read the approver's own passphrase from the first line of a file",
      },
    },
    export: {
      summary: 'write the encrypted, signed bundle; or import, check and export in one go',
      examples: ['handover export --deal 2026-JX-014', 'handover export customers.csv --deal 2026-JX-014'],
      arguments: { file: 'customer file, to be imported and checked first' },
      options: {
        deal: 'id of the deal; may be left out if there is one',
        out: "folder for the bundle; else the workspace's exchange",
        consents: 'a separate consent ledger (CSV)',
        mapping: 'column mapping file (editable)',
        encoding: 'text encoding; else recognised',
        sheet: 'sheet of a workbook; else the one that looks like it',
        dateOrder: 'how dates are read whose year stands last; else the column shows it',
        skipColumn: 'a column to leave unread, by name or number; may be repeated',
        as: 'how the file stands to the customer list, where it does not show: a new list, a correction, an addition, a newer export',
        again: 'import the same file once more',
        force: 'overwrite an existing reject file',
      },
    },
    'bundle plan': {
      summary: 'cut what may go into parts that many machines can seal',
      about:
        'Needs what export needs: the signed deal, the check, the approvals. The folder holds encrypted records; the key goes another way. Nothing is sent yet.',
      examples: ['handover bundle plan parts --key /run/user/1000/parts.key --deal 2026-JX-014'],
      arguments: { folder: 'a new folder for the parts' },
      options: {
        key: 'a new file for the key with which they are opened; not in the folder',
        deal: 'id of the deal; may be left out if there is one',
        parts: 'about how many; else such that each is some seconds of work',
        again: 'everybody who may go, whoever went before',
      },
    },
    'bundle seal-part': {
      summary: 'seal one part: needs the folder and its key, no workspace and no network',
      about: 'May be done again, here or elsewhere: the same part gives the same bytes.',
      examples: ['handover bundle seal-part parts 7 --key /dev/shm/parts.key'],
      arguments: { folder: 'the folder of the parts', part: 'number of the part, from 1' },
      options: { key: 'the key file, or an open descriptor such as /dev/fd/3' },
    },
    'bundle assemble': {
      summary: 'put the sealed parts together into one signed bundle',
      about:
        'Signs nothing unless every part is there once, of this plan and unchanged, and nobody stands in two of them. Removes the parts afterwards.',
      examples: ['handover bundle assemble parts'],
      arguments: { folder: 'the folder of the parts' },
      options: { out: "folder for the bundle; else the workspace's exchange" },
    },
    verify: {
      summary: 'verify a bundle: needs no key, no network and no workspace',
      examples: ['handover verify 2026-JX-014-1.handover.zip --card jia.card.json'],
      arguments: { bundle: 'the bundle' },
      options: { card: "the seller's card; may be left out in a workspace" },
    },
    receive: {
      summary: 'verify a bundle, decrypt and store it, sign the receipt',
      about:
        'Stops at the first thing that is wrong and stores nothing. Receiving the same bundle again gives the same receipt.',
      examples: [
        'handover receive 2026-JX-014-1.handover.zip',
        'handover receive 2026-JX-014-1.handover.zip --html came.html',
      ],
      arguments: { bundle: 'the bundle' },
      options: {
        out: "folder for the receipt; else the workspace's exchange",
        outOfOrder: 'take in a bundle that does not follow the last one of its deal; the log says so',
        opened: 'folder of the parts that other machines opened (bundle split)',
        html: 'write what came, what it is for and what comes next as one page',
        force: 'overwrite an existing page',
      },
    },
    'bundle split': {
      summary: 'verify a bundle and let many machines open its parts',
      about:
        'Hands out the keys of the parts of the customers, sealed, and no key of yours. Nothing is stored before receive --opened.',
      examples: ['handover bundle split 2026-JX-014-1.handover.zip opening --key /run/user/1000/opening.key'],
      arguments: { bundle: 'the bundle', folder: 'a new folder for the job and what is opened' },
      options: {
        key: 'a new file for the key with which the job is opened; not in the folder',
        outOfOrder: 'a bundle that does not follow the last one of its deal',
      },
    },
    'bundle open-part': {
      summary:
        'open one part and check every row: needs the bundle, the folder and its key, no workspace and no network',
      about: 'May be done again, here or elsewhere: the same part gives the same bytes.',
      examples: [
        'handover bundle open-part opening 7 --bundle 2026-JX-014-1.handover.zip --key /dev/shm/opening.key',
      ],
      arguments: { folder: 'the folder of the job', part: 'number of the part, from 1' },
      options: { bundle: 'the bundle', key: 'the key file, or an open descriptor such as /dev/fd/3' },
    },
    'receipt accept': {
      summary: "the seller takes the buyer's receipt",
      examples: ['handover receipt accept 2026-JX-014-1.receipt.json'],
      arguments: { receipt: 'receipt file' },
      options: {},
    },
    'receipt show': {
      summary: 'show a receipt',
      examples: ['handover receipt show 2026-JX-014-1.receipt.json'],
      arguments: { receipt: 'receipt file' },
      options: {},
    },
    extract: {
      summary: 'write received records to a file for a business system',
      about: 'The file is in clear. Its path is logged; delete it after use.',
      examples: ['handover extract --format csv', 'handover extract --format sqlite --out customers.db'],
      arguments: {},
      options: {
        format: 'file format; csv opens in Excel and has money in yuan, ndjson and sqlite have it in fen',
        out: 'where to write it',
        dataset: 'id of a dataset or bundle alone; else everybody under the newest deal, each once',
        for: 'what the copy is for (a purpose of the deal); others are refused; may be repeated',
        force: 'overwrite an existing file',
      },
    },
    'retention list': {
      summary: 'until when what is kept, by which law, and what comes then',
      about:
        'Needs no passphrase. A date is the last day; from the day after, the records are due to be purged. A calendar file goes into the calendar of a telephone or computer; no customer and no file name is in it.',
      examples: [
        'handover retention list',
        'handover retention list --due',
        'handover retention list --ics due.ics',
      ],
      arguments: {},
      options: {
        due: 'only what is due',
        ics: 'write the dates as a calendar file',
        force: 'overwrite an existing file',
      },
    },
    'hold add': {
      summary: 'forbid purging as long as a case is open',
      about:
        'Several cases may hold one record; it is purged only after all are released. Case and reason stand in the log and in reports: name no customer in them.',
      examples: [
        'handover hold add --case "2026-117" --reason "dispute about a refund" --subject C00000217',
        'handover hold add --case "Tax audit" --reason "letter of 3 December" --all',
      ],
      arguments: {},
      options: {
        case: 'what the case is called',
        reason: 'why; without personal data',
        dataset: 'every record of this dataset (id or file)',
        subject: 'the record of this customer number; may be given several times',
        subjectsFile: 'the records of the customer numbers in this file, one a line',
        all: 'every record',
      },
    },
    'hold release': {
      summary: 'release a hold',
      examples: ['handover hold release 8a1b2c3d4e5f --reason "case closed"'],
      arguments: { hold: 'id of the hold, or its end as the list shows it' },
      options: { reason: 'why; without personal data' },
    },
    'hold list': {
      summary: 'list the holds',
      examples: ['handover hold list'],
      arguments: {},
      options: {},
    },
    'freeze add': {
      summary: 'keep records for a statutory period, stored and secured and nothing else',
      about:
        'The end follows from the basis and the first day. Frozen records are not handed over, not extracted and not purged before it.',
      examples: [
        'handover freeze add --basis tax-documents --from 2026-12-31 --reason "invoices of 2026" --subject C00000217',
        'handover freeze add --basis prepaid-registration --from 2026-11-20 --reason "card purchases" --subjects-file cards.txt',
      ],
      arguments: {},
      options: {
        basis: 'the statutory basis, which gives the period',
        from: 'first day of the period (2026-12-31)',
        reason: 'why; without personal data',
        dataset: 'every record of this dataset (id or file)',
        subject: 'the record of this customer number; may be given several times',
        subjectsFile: 'the records of the customer numbers in this file, one a line',
      },
    },
    'freeze end': {
      summary: 'end a freeze before its period is over',
      examples: ['handover freeze end 8a1b2c3d4e5f --reason "frozen by mistake"'],
      arguments: { freeze: 'id of the freeze, or its end as the list shows it' },
      options: { reason: 'why; without personal data' },
    },
    'freeze list': {
      summary: 'list the freezes',
      examples: ['handover freeze list'],
      arguments: {},
      options: {},
    },
    'purge replay': {
      summary: 'plan to erase again whoever was erased before and came back',
      about:
        'After a customer file was imported that still holds them, or a workspace was restored from an older copy; then name the .erased.json file that lies beside the certificate.',
      examples: [
        'handover purge replay',
        'handover purge replay exchange/0193c4d1-0000-7000-8000-000000000001.erased.json',
      ],
      arguments: { ledger: 'erasure ledger of a purge; else what this workspace remembers' },
      options: { clockIsRight: 'I checked the date of this computer and it is right' },
    },
    'purge attest': {
      summary: 'say of a place outside the program whether customers are still there',
      about:
        'Staff telephones, chat groups, paper: no program reaches them. What is said is attested, not verified, and the certificate says so. Without options, lists the places.',
      examples: ['handover purge attest', 'handover purge attest --place staff-phones --state cleared'],
      arguments: {},
      options: { place: 'the place', state: 'what is the case there' },
    },
    'purge plan': {
      summary: 'show what would be purged and what stays, and keep that as a plan',
      about:
        'Without options: everything whose period is over. Nothing is purged before purge run. A new plan takes the place of one that waits.',
      examples: [
        'handover purge plan',
        'handover purge plan --handed-over --dry-run',
        'handover purge plan --kept-back --reason "contracts refunded"',
      ],
      arguments: {},
      options: {
        handedOver: 'the customers whose receipt the buyer gave, now and not only when their period ends',
        keptBack: 'also the customers who did not go to the buyer',
        dataset: 'all records of one dataset (id or file name)',
        reason: 'why; stands in the certificate, so name no customer',
        withoutReceipt:
          "also exported records before the buyer's receipt; needs a reason and a second person",
        keepStatistics:
          'keep anonymous counts of what is purged: by district, service and month, none below ten',
        clockIsRight: 'I checked the date of this computer and it is right',
      },
    },
    'purge run': {
      summary: 'carry the plan out, search for remnants, sign the certificate',
      about: 'What is purged cannot be brought back. Interrupted, it goes on when it is run again.',
      examples: ['handover purge run --shred', 'handover purge run --keep-files'],
      arguments: { purge: 'id of the purge; else the newest plan' },
      options: {
        shred: 'overwrite and remove the files in clear as well (source, rejects, extracts)',
        keepFiles: 'keep the files in clear; the certificate says so',
        clockIsRight: 'I checked the date of this computer and it is right',
      },
    },
    'purge show': {
      summary: 'verify a certificate and show it',
      examples: ['handover purge show', 'handover purge show 0198c0de.certificate.json'],
      arguments: { certificate: 'certificate file, or id of a purge; else the newest' },
      options: {},
    },
    'audit verify': {
      summary: 'recompute the log and find rewriting or a cut tail',
      about:
        'Needs no passphrase, and for an evidence pack or a report no workspace either: the file and the card of its issuer will do.',
      examples: [
        'handover audit verify',
        'handover audit verify --against 2026-JX-014-1.receipt.json',
        'handover audit verify --pack evidence.zip --card jia.card.json',
        'handover audit verify --report report.html --card jia.card.json',
      ],
      arguments: {},
      options: {
        against:
          'a bundle, receipt, notice, completion or certificate in other hands, to compare with (repeatable)',
        pack: 'verify the log in this evidence pack instead of the workspace’s',
        report: 'verify the log in this page of a report instead of the workspace’s',
        archive: 'verify this archive that a pruning wrote; needs --card',
        card: "the issuer's card; else the one in the file, whose fingerprint must be compared",
      },
    },
    'audit report': {
      summary: 'the whole handover on paper: verdict, figures, evidence, what is still open',
      about:
        'Needs no passphrase and holds no customers. The page of --html prints, loads nothing, and recomputes the log and the signature when it is opened.',
      examples: [
        'handover audit report',
        'handover audit report --deal 2026-JX-014 --html audit-report.html',
        'handover audit report --json',
      ],
      arguments: {},
      options: {
        deal: 'one deal only',
        html: 'write one page that prints and proves itself',
        force: 'overwrite an existing file',
      },
    },
    'audit log': {
      summary: 'show the log',
      examples: ['handover audit log', 'handover audit log --action exported --since 2026-11-01'],
      arguments: {},
      options: {
        action: 'one kind of event only',
        object: 'only events about an id or digest (a part of it will do)',
        since: 'from this day on (2026-11-01)',
        last: 'only the last so many',
      },
    },
    'incident open': {
      summary: 'register an incident: who was in it, which clocks run',
      about:
        'Opens no record and needs no passphrase. Whoever has, or may have, a leak, alteration or loss must remedy, report and tell at once (PIPL art. 57). Write nothing about a customer into the texts.',
      examples: [
        'handover incident open --what lost-device --summary "front desk laptop lost in transit" --discovered "2026-11-20 16:00"',
        'handover incident open --what misdirected --bundle 2026-JX-014-1.handover.zip --summary "sent to an unrelated firm"',
      ],
      arguments: {},
      options: {
        what: 'what happened',
        summary: 'what happened, in one sentence',
        bundle: 'the bundle that is concerned: id, file name or file',
        dataset: 'id of the dataset that is concerned; else all of them',
        discovered: 'when it was discovered (China time, as "2026-11-20 16:00"); else now',
        grade: 'how grave it is; else by the number of persons',
        suspected: 'not certain yet, it may have happened',
        gdpr: 'persons in the European Union are concerned: 72 hours besides',
      },
    },
    'incident update': {
      summary: 'add what was found, what was done, who was told',
      examples: [
        'handover incident update I-1 --told authority --at "2026-11-20 17:10"',
        'handover incident update I-1 --told persons --channel sms',
        'handover incident update I-1 --measure "passphrase changed, laptop locked remotely" --cause "left unattended"',
      ],
      arguments: { incident: 'id of the incident' },
      options: {
        note: 'what else is to be known',
        told: 'who was told',
        channel: 'in which way',
        at: 'when they were told (China time); else now',
        measure: 'a remedial measure that was taken',
        cause: 'the cause that was found',
        responsible: 'who answers for it (a name of the staff)',
        notTellingPersons: 'why persons are not told: the harm is effectively avoided',
        minors: 'whether persons under fourteen are among them',
        grade: 'another grade',
      },
    },
    'incident draft': {
      summary: 'draft the report to the authority or the notice to the persons',
      about:
        'With the contents that PIPL art. 57 asks for; what a human must state is clearly marked. It holds no personal data of customers.',
      examples: [
        'handover incident draft I-1 --for authority --md I-1.report.md',
        'handover incident draft I-1 --for persons --html I-1.notice.html',
      ],
      arguments: { incident: 'id of the incident' },
      options: {
        for: 'the reader',
        md: 'write it as a Markdown file',
        html: 'write it as a page to print',
        force: 'overwrite an existing file',
      },
    },
    'incident close': {
      summary: 'close an incident',
      examples: [
        'handover incident close I-1 --outcome "laptop found, not opened" --corrective "data on encrypted disks only"',
      ],
      arguments: { incident: 'id of the incident' },
      options: {
        outcome: 'how it ended',
        corrective: 'what is done so that it does not happen again',
        unfounded: 'nothing was leaked, altered or lost after all',
      },
    },
    'incident list': {
      summary: 'list the incidents with their nearest deadline',
      examples: ['handover incident list'],
      arguments: {},
      options: {},
    },
    'incident show': {
      summary: 'show one incident: scope, clocks, timeline',
      examples: ['handover incident show I-1'],
      arguments: { incident: 'id of the incident' },
      options: {},
    },
    completion: {
      summary: 'let the shell complete commands and options with the Tab key',
      about:
        'Give what it prints to your shell: bash, zsh, fish or powershell. In the file that the shell reads when it starts, it lasts.',
      examples: ['handover completion bash', 'handover completion powershell'],
      arguments: { shell: 'bash, zsh, fish or powershell' },
      options: {},
    },
    'policy list': {
      summary: 'list the packs of rules that a deal can name',
      examples: ['handover policy list'],
      arguments: {},
      options: {},
    },
    'policy show': {
      summary: 'show what a pack of rules says, and which periods it knows',
      examples: ['handover policy show', 'handover policy show cn-sh@2026-12'],
      arguments: { pack: 'name of the pack; else the one that new deals use' },
      options: {},
    },
    'policy diff': {
      summary: 'show what two packs of rules say differently',
      examples: ['handover policy diff cn-pipl@2026-11 cn-pipl@2026-12'],
      arguments: { before: 'name of a pack', after: 'name of the other' },
      options: {},
    },
    laws: {
      summary: 'list the laws and standards that this program follows, and when they were last verified',
      examples: ['handover laws', 'handover laws --id PIPL-47'],
      arguments: {},
      options: { id: 'one requirement: its law, its article, and what the program does with it' },
    },
    'audit totals': {
      summary: 'the customer list as totals that point at nobody: all that a buyer may see before signing',
      about:
        'By district, service, month and what was paid, one at a time; groups of fewer than ten are not shown, nor what would give one away, and the total is rounded to tens. With --for-buyer the log says who was shown what.',
      examples: [
        'handover audit totals',
        'handover audit totals --for-buyer "Yi Home Services" --sample sample.csv',
      ],
      arguments: {},
      options: {
        forBuyer: 'name of the firm that is shown the totals, for the log',
        sample: 'write twenty made-up rows with the same shares (csv)',
        force: 'overwrite files',
      },
    },
    'audit public': {
      summary:
        'one page of whole counts for everybody: judged, handed over, kept, requests, incidents, purged',
      examples: ['handover audit public', 'handover audit public --html public.html'],
      arguments: {},
      options: { html: 'write it as a page', force: 'overwrite a file' },
    },
    'audit persons': {
      summary: 'how many persons the firm handles: here, and by its own word elsewhere',
      about:
        'A small handler has fewer than 100,000, with those whom the buyer had before. What went abroad this year decides whether a contract or an assessment is needed; this tool carries nothing abroad.',
      examples: ['handover audit persons', 'handover audit persons --others 3200'],
      arguments: {},
      options: {
        others: 'persons besides those of this workspace: earlier customers, other systems, paper',
        abroad: 'persons whose data went abroad since 1 January (0 unless given)',
        abroadSensitive: 'of these, persons of whom something sensitive went (0 unless given)',
      },
    },
    'audit schedule': {
      summary: 'when self-audit, training and drill are due next',
      examples: ['handover audit schedule'],
      arguments: {},
      options: {},
    },
    'audit form': {
      summary: 'fill in the self-audit form for small handlers (24 points)',
      about:
        'Evidence comes from log and store; what a person has to state is listed, and ticks, signature and date are left to the auditor. Several files may be asked for at once; without any there is a summary. Needs no passphrase.',
      examples: ['handover audit form', 'handover audit form --html self-audit.html --csv self-audit.csv'],
      arguments: {},
      options: {
        html: 'as a page to be printed and signed',
        md: 'as Markdown',
        csv: 'as a table; opens in Excel',
        force: 'overwrite an existing file',
      },
    },
    'audit pack': {
      summary: 'pack the evidence into one file for a regulator or auditor',
      about:
        'It holds the whole log, checkpoints, cards, deals, manifests, plans, approvals, receipts and certificates, and how to check them with stock tools; no customer is in it.',
      examples: [
        'handover audit pack',
        'handover audit pack --deal 2026-JX-014 --with-form --out evidence.zip',
      ],
      arguments: {},
      options: {
        out: 'where to write it',
        deal: 'documents of one deal only (the log is always whole)',
        withForm: 'with the self-audit form',
        unsigned: 'without a signature, so without a passphrase; the last checkpoint is used',
        force: 'overwrite an existing file',
      },
    },
    'audit prove': {
      summary: 'prove that an event is in the log, or a customer in a bundle or not in it',
      about:
        'The proof stands alone: whoever has your card can check it offline. A proof about a customer shows nobody else.',
      examples: [
        'handover audit prove --event 12',
        'handover audit prove --subject C00000217',
        'handover audit prove --subject C00000217 --with-values',
      ],
      arguments: {},
      options: {
        event: 'number of the event, as handover audit log shows it',
        subject: 'customer number: prove that this customer is in a bundle, or not in it',
        bundle: 'id of the bundle; else the newest',
        withValues: 'with the record itself in the proof, for the customer alone',
        out: 'where to write the proof',
        force: 'overwrite an existing file',
      },
    },
    'audit check-proof': {
      summary: "check a proof with its issuer's card: no key, no network, no workspace",
      examples: ['handover audit check-proof event-12.proof.json --card jia.card.json'],
      arguments: { proof: 'proof file' },
      options: {
        card: "the issuer's card; in a workspace, else its own",
        bundle: 'bundle file that the proof has to be about',
      },
    },
    status: {
      summary: 'one screen: where each deal stands and what comes next',
      examples: ['handover status', 'handover status --html standing.html'],
      arguments: {},
      options: { html: 'write it as one page to look at and to print', force: 'overwrite an existing file' },
    },
    doctor: {
      summary: 'check the installation and the workspace',
      examples: ['handover doctor', 'handover doctor --vault'],
      arguments: {},
      options: {
        vault: 'also open every page of records and look at the data keys; asks for the passphrase',
      },
    },
    'subject show': {
      summary: "show one customer's record (masked), where it went and until when it is kept",
      about: 'Looking is logged. Who asks and how that was made sure are kept in the register of requests.',
      examples: [
        'handover subject show C00000217 --requester self --verified callback',
        'handover subject show C00000217 --requester self --verified in-person --reveal',
      ],
      arguments: { id: 'customer number as in the file' },
      options: {
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        reveal: 'show the values in full, after a question',
      },
    },
    'subject withdraw': {
      summary: 'a customer withdraws consent; whoever received the record is told by a signed notice',
      about: 'As easy as giving it. Heard by the next check; plans made before have to be checked again.',
      examples: ['handover subject withdraw C00000217 --requester self --verified callback'],
      arguments: { id: 'customer number as in the file' },
      options: {
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        purpose: 'id of one purpose of the deal; else every purpose',
        shred: 'where records end here: overwrite and remove the files in clear that may hold them',
      },
    },
    'subject object': {
      summary: 'a customer objects to the handover',
      examples: ['handover subject object C00000217 --requester self --verified writing'],
      arguments: { id: 'customer number as in the file' },
      options: {
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        shred: 'where records end here: overwrite and remove the files in clear that may hold them',
      },
    },
    'subject erase': {
      summary: 'erase a customer: a purge with its certificate, and a notice to whoever received the record',
      about:
        'Refused while a hold or a statutory period keeps the record; the reason stands in the register.',
      examples: ['handover subject erase C00000217 --requester self --verified in-person'],
      arguments: { id: 'customer number as in the file' },
      options: {
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        shred: 'where records end here: overwrite and remove the files in clear that may hold them',
      },
    },
    'subject correct': {
      summary: "correct one field of a customer's record; the buyer gets the new value encrypted",
      about:
        'The value is typed when asked, or read from a file; never written on the command line. The former value is overwritten.',
      examples: ['handover subject correct C00000217 --field mobile --requester self --verified in-person'],
      arguments: { id: 'customer number as in the file' },
      options: {
        field: 'canonical name of the field, such as mobile or address',
        valueFile: 'read the new value from the first line of a file',
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
      },
    },
    'subject export': {
      summary: 'give a customer a copy of everything held, with where it came from and went',
      about: 'The file is in clear. Its path is logged; give it to the customer and delete it.',
      examples: [
        'handover subject export C00000217 --out copy.json --format json --requester self --verified code',
      ],
      arguments: { id: 'customer number as in the file' },
      options: {
        out: 'where to write it',
        format: 'json for programs, csv for Excel',
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        force: 'overwrite an existing file',
      },
    },
    'subject duplicates': {
      summary:
        'list records that may be one person: same phone or ID number under different customer numbers',
      examples: ['handover subject duplicates'],
      arguments: {},
      options: { dataset: 'id of the dataset; else the latest import' },
    },
    'subject decide': {
      summary: 'note whether two customer numbers that look like one person are one or two',
      about:
        'Ask first. one: they are one person, and a no under either number counts for both. two: they are two, a number that both have asks nobody any more, and no notice waits about the one for what the other said. What was taken in while they were held to be one (a withdrawal, an objection, a request to be erased) counts for both until --said-by tells whose it is. Nothing is overwritten: the last word counts, also after the list is imported again.',
      examples: [
        'handover subject decide C00000217 C00000431 --as one',
        'handover subject decide C00000217 C00000431 --as two --said-by C00000217',
      ],
      arguments: { first: 'customer number as in the file', second: 'the other customer number' },
      options: {
        as: 'one person, or two',
        saidBy:
          'the customer number of whoever really asked for what was taken in while they were held to be one; it counts for the other no more',
      },
    },
    'subject history': {
      summary: 'what happened with one customer: consents, handovers, requests, events',
      examples: ['handover subject history C00000217'],
      arguments: { id: 'customer number as in the file' },
      options: {},
    },
    'request open': {
      summary: 'take a request of a customer into the register, to be answered later',
      examples: [
        'handover request open C00000217 --kind erasure --requester self --verified writing --received 2026-11-18',
      ],
      arguments: { id: 'customer number as in the file' },
      options: {
        kind: 'what is asked for',
        requester: 'who asks: the person, a guardian, a close relative of one who died, an agent',
        verified: 'how the identity was made sure of: in person, by calling back, by a code, in writing',
        received: 'the day on which it came; else today',
        due: 'the last day for the answer; else 30 days later',
      },
    },
    'request list': {
      summary: 'the register of requests: open, due, overdue',
      examples: ['handover request list', 'handover request list --all'],
      arguments: {},
      options: { all: 'closed ones as well' },
    },
    'request close': {
      summary: 'close a complaint with what came of it',
      about: 'Other requests are closed by acting on them.',
      examples: ['handover request close 3f9a0c1d2e4b --outcome "refunded, with an apology"'],
      arguments: { request: 'id of the request, or its last digits' },
      options: { outcome: 'what came of it, without personal data' },
    },
    'request refuse': {
      summary: 'refuse a request, with the reason that the customer is told',
      examples: ['handover request refuse 3f9a0c1d2e4b --reason "The invoice has to be kept for ten years"'],
      arguments: { id: 'id of the request, or its last digits' },
      options: { reason: 'why, without personal data' },
    },
    'notice list': {
      summary: 'notices to the buyer: open, overdue, completed',
      examples: ['handover notice list'],
      arguments: {},
      options: {},
    },
    'notice send': {
      summary: 'tell the buyers, by signed notices, of customers who said no after the handover',
      about:
        'When a customer file, a consent ledger or a rejected row says no for somebody who was handed over, the import remembers it. This writes the notices, one for each deal and kind; run again, it writes what was learned since.',
      examples: ['handover notice send', 'handover notice send --deal 2026-JX-014'],
      arguments: {},
      options: { deal: 'only for this deal; else for all of them' },
    },
    'notice apply': {
      summary: "the buyer does what the seller's notice asks, and signs the completion",
      about:
        'Verifies the notice, finds the customers by tag, ends or corrects their records. What is on hold is kept, and the completion says so. Applied again, it gives the same completion.',
      examples: ['handover notice apply 2026-JX-014-notice-1.notice.json'],
      arguments: { notice: 'notice file; the .minisig, and .data.age if there is one, beside it' },
      options: {
        out: "folder for the completion; else the workspace's exchange",
        shred: 'where records end here: overwrite and remove the files in clear that may hold them',
      },
    },
    'notice accept': {
      summary: "the seller takes the buyer's completion of a notice; the request is closed",
      examples: ['handover notice accept 2026-JX-014-notice-1.completion.json'],
      arguments: { completion: 'completion file' },
      options: {},
    },
    'deal abort': {
      summary: 'end a deal that will not be carried out; what was handed over has to be destroyed',
      about:
        'Seller: nothing goes out under this deal any more; if a bundle went out, a signed notice tells the buyer to destroy it. Buyer, before anything came: later bundles are refused.',
      examples: ['handover deal abort 2026-JX-014 --reason "the financing fell through"'],
      arguments: { deal: 'deal id' },
      options: { reason: 'why, without personal data' },
    },
    'audit timestamp': {
      summary: 'ask for a trusted time stamp of the log (RFC 3161), and take in the answer',
      about:
        'This program uses no network: take the .tsq file to a time stamp authority yourself, and bring back the .tsr.',
      examples: [
        'handover audit timestamp',
        'handover audit timestamp --accept checkpoint-42.tsr --ca authority-root.pem',
      ],
      arguments: {},
      options: {
        out: 'where to write the request',
        accept: "the authority's response (.tsr)",
        ca: 'root certificate that you trust (PEM), as the authority publishes it',
        force: 'overwrite an existing file',
      },
    },
    'audit prune': {
      summary: 'remove the beginning of the log once its time is over; the rest still verifies',
      about:
        'Three years are kept at least. Events about data that is kept, or about anything open, stay. An archive is written first; a compact range then stands for what went.',
      examples: [
        'handover audit prune --before 2026-11-20 --dry-run',
        'handover audit prune --before 2026-11-20 --archive log-archive.ndjson',
      ],
      arguments: {},
      options: {
        before: 'events from before this day (2026-11-20)',
        archive: 'where to write the archive; its checkpoint is beside it (.checkpoint.txt)',
        withoutArchive: 'write no archive: the events are then gone',
        force: 'overwrite existing files',
      },
    },
    'audit forget-tags': {
      summary: 'destroy the tag keys once all records are purged, so that no tag stands for anybody',
      about:
        'The erasure ledger then recognises nobody: importing an erased customer again raises no alarm, and proofs and notices by customer number are over.',
      examples: ['handover audit forget-tags --dry-run', 'handover audit forget-tags'],
      arguments: {},
      options: {},
    },
    ...helpHouse.en,
  },
} as const;
