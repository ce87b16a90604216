import { crc32, deflateRawSync } from 'node:zlib';

const MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';

/** Files as a ZIP archive, deflated, as office programs pack them. */
export function zipped(files: Readonly<Record<string, string | Buffer>>): Buffer {
  const bodies: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, content] of Object.entries(files)) {
    const bytes = Buffer.from(content);
    const packed = deflateRawSync(bytes);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0);
    fields.writeUInt16LE(0x0800, 2);
    fields.writeUInt16LE(8, 4);
    fields.writeUInt32LE(crc32(bytes), 10);
    fields.writeUInt32LE(packed.length, 14);
    fields.writeUInt32LE(bytes.length, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04'), fields, Buffer.from(name), packed]);
    const place = Buffer.alloc(14);
    place.writeUInt32LE(offset, 10);
    directory.push(Buffer.from('PK\x01\x02\x14\x00'), fields, place, Buffer.from(name));
    bodies.push(local);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06');
  end.writeUInt16LE(bodies.length, 8);
  end.writeUInt16LE(bodies.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...bodies, central, end]);
}

export interface WorkbookParts {
  /** The inside of `worksheet` of each sheet by its name. */
  readonly sheets: Readonly<Record<string, string>>;
  /** The inside of `sst`. */
  readonly strings?: string;
  /** The inside of `styleSheet`. */
  readonly styles?: string;
  readonly hidden?: readonly string[];
  readonly from1904?: boolean;
  readonly more?: Readonly<Record<string, string | Buffer>>;
}

/** The files of a workbook as office programs lay them out. */
export function workbookFiles(parts: WorkbookParts): Record<string, string | Buffer> {
  const names = Object.keys(parts.sheets);
  const relation = (id: string, kind: string, target: string): string =>
    `<Relationship Id="${id}" Type="${RELATIONS}/${kind}" Target="${target}"/>`;
  const document = (name: string, inside: string): string =>
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<${name} ${MAIN} xmlns:r="${RELATIONS}">${inside}</${name}>`;
  return {
    '[Content_Types].xml': '<Types/>',
    '_rels/.rels': `<Relationships>${relation('r', 'officeDocument', 'xl/workbook.xml')}</Relationships>`,
    'xl/workbook.xml': document(
      'workbook',
      `<workbookPr${parts.from1904 === true ? ' date1904="1"' : ''}/><sheets>${names
        .map(
          (name, i) =>
            `<sheet name="${name}" sheetId="${i + 1}"${parts.hidden?.includes(name) === true ? ' state="hidden"' : ''} r:id="s${i}"/>`,
        )
        .join('')}</sheets>`,
    ),
    'xl/_rels/workbook.xml.rels': `<Relationships>${names
      .map((_name, i) => relation(`s${i}`, 'worksheet', `worksheets/sheet${i + 1}.xml`))
      .join(
        '',
      )}${relation('t', 'sharedStrings', 'sharedStrings.xml')}${relation('y', 'styles', 'styles.xml')}</Relationships>`,
    ...Object.fromEntries(
      Object.values(parts.sheets).map((inside, i) => [
        `xl/worksheets/sheet${i + 1}.xml`,
        document('worksheet', inside),
      ]),
    ),
    'xl/sharedStrings.xml': document('sst', parts.strings ?? ''),
    'xl/styles.xml': document('styleSheet', parts.styles ?? ''),
    ...parts.more,
  };
}

export function workbook(parts: WorkbookParts): Buffer {
  return zipped(workbookFiles(parts));
}
