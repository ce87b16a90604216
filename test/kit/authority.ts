import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { der, TAG } from '../../src/audit/der.js';

/** Whether there is an openssl with which to be an authority. */
export const hasOpenssl = spawnSync('openssl', ['version']).status === 0;

export type KeyKind = 'rsa' | 'ec';

/** What is to be wrong with the certificate of an authority. */
export interface CertificateChoice {
  /** Value of extendedKeyUsage; null for none. */
  readonly usage?: string | null;
  /** `YYYYMMDDHHMMSSZ`; default: from long ago. */
  readonly from?: string;
  readonly until?: string;
  readonly ca?: 'root' | 'between';
}

/** A time stamp authority made with openssl in a folder: a root, perhaps another certificate in between, and the one that stamps. */
export class Authority {
  readonly #dir: string;
  readonly #kind: KeyKind;

  constructor(dir: string, kind: KeyKind) {
    this.#dir = dir;
    this.#kind = kind;
    mkdirSync(dir, { recursive: true });
    writeFileSync(join(dir, 'index.txt'), '');
    writeFileSync(join(dir, 'serial'), '1000\n');
    writeFileSync(join(dir, 'tsaserial'), '01\n');
    writeFileSync(join(dir, 'ca.cnf'), CA_CONFIG);
    this.#key('root');
    this.#run(
      'req',
      '-x509',
      '-key',
      'root.key',
      '-subj',
      '/O=Test/CN=Test Root',
      '-days',
      '36500',
      '-out',
      'root.pem',
    );
  }

  get root(): string {
    return join(this.#dir, 'root.pem');
  }

  /** Makes the certificate that stamps, `<name>.pem`, issued by the root or by `<by>.pem`. */
  issue(
    name: string,
    choice: CertificateChoice & {
      readonly by?: string;
      readonly isCa?: boolean;
      readonly pathLength?: number;
      /** Further extensions, as openssl's configuration has them. */
      readonly more?: readonly string[];
    } = {},
  ): void {
    const {
      usage = 'critical,timeStamping',
      from = '20200101000000Z',
      until = '21200101000000Z',
      by = 'root',
      isCa = false,
      pathLength,
      more = [],
    } = choice;
    this.#key(name);
    const extensions = isCa
      ? [
          `basicConstraints=critical,CA:TRUE${pathLength === undefined ? '' : `,pathlen:${pathLength}`}`,
          'keyUsage=critical,keyCertSign',
          ...more,
        ]
      : [
          'basicConstraints=CA:FALSE',
          ...(usage === null ? [] : [`extendedKeyUsage=${usage}`]),
          'subjectKeyIdentifier=hash',
          ...more,
        ];
    writeFileSync(join(this.#dir, `${name}.ext`), `[ext]\n${extensions.join('\n')}\n`);
    this.#run(
      'req',
      '-new',
      '-key',
      `${name}.key`,
      '-subj',
      `/O=Test/CN=Test ${name}`,
      '-out',
      `${name}.csr`,
    );
    this.#run(
      ...[
        'ca',
        '-batch',
        '-notext',
        '-config',
        'ca.cnf',
        '-cert',
        `${by}.pem`,
        '-keyfile',
        `${by}.key`,
        '-in',
        `${name}.csr`,
      ],
      ...[
        '-extfile',
        `${name}.ext`,
        '-extensions',
        'ext',
        '-startdate',
        from,
        '-enddate',
        until,
        '-out',
        `${name}.pem`,
      ],
    );
  }

  /** The answer to a request, signed by `<name>.pem`, with the certificates in `<chain>.pem` besides. */
  reply(
    request: Uint8Array,
    name: string,
    setting: {
      readonly digest?: string;
      readonly essDigest?: string;
      readonly chain?: string;
      readonly policy?: string;
    } = {},
  ): Buffer {
    const { digest = 'sha256', essDigest = 'sha256', chain } = setting;
    writeFileSync(join(this.#dir, 'q.tsq'), request);
    const config = [
      '[tsa]',
      'default_tsa=t',
      '[t]',
      'serial=tsaserial',
      'default_policy=1.2.3.4.1',
      `signer_digest=${digest}`,
    ].concat([
      'digests=sha256',
      'ess_cert_id_chain=no',
      `ess_cert_id_alg=${essDigest}`,
      'clock_precision_digits=3',
      'accuracy=secs:1',
      'tsa_name=yes',
    ]);
    writeFileSync(join(this.#dir, 'tsa.cnf'), `${config.join('\n')}\n`);
    this.#run(
      ...[
        'ts',
        '-reply',
        '-config',
        'tsa.cnf',
        '-section',
        't',
        '-queryfile',
        'q.tsq',
        '-signer',
        `${name}.pem`,
        '-inkey',
        `${name}.key`,
      ],
      ...(chain === undefined ? [] : ['-chain', `${chain}.pem`]),
      ...['-out', 'r.tsr'],
    );
    return readFileSync(join(this.#dir, 'r.tsr'));
  }

  /** An answer with this TSTInfo, signed by a certificate with which openssl itself would stamp nothing. */
  forge(tstInfo: Uint8Array, name: string, ...more: readonly string[]): Buffer {
    writeFileSync(join(this.#dir, 'tstinfo.der'), tstInfo);
    this.#run(
      ...['cms', '-sign', '-binary', '-nodetach', '-nosmimecap', '-outform', 'DER', '-md', 'sha256'],
      ...['-econtent_type', '1.2.840.113549.1.9.16.1.4', '-in', 'tstinfo.der'],
      ...['-signer', `${name}.pem`, '-inkey', `${name}.key`, '-out', 'token.der', ...more],
    );
    const granted = Buffer.from('3003020100', 'hex');
    return Buffer.from(der(TAG.sequence, granted, readFileSync(join(this.#dir, 'token.der'))));
  }

  /** What openssl says of a request, and of an answer to it. */
  says(...args: readonly string[]): string {
    return this.#run(...args);
  }

  path(name: string): string {
    return join(this.#dir, name);
  }

  #key(name: string): void {
    const kind =
      this.#kind === 'rsa'
        ? ['RSA', '-pkeyopt', 'rsa_keygen_bits:2048']
        : ['EC', '-pkeyopt', 'ec_paramgen_curve:P-256'];
    this.#run('genpkey', '-algorithm', ...kind, '-out', `${name}.key`);
  }

  #run(...args: readonly string[]): string {
    return execFileSync('openssl', args, {
      cwd: this.#dir,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
  }
}

const CA_CONFIG = `[ca]
default_ca=c
[c]
database=index.txt
new_certs_dir=.
serial=serial
default_md=sha256
policy=p
unique_subject=no
[p]
organizationName=optional
commonName=supplied
[req]
distinguished_name=dn
[dn]
`;
