import { guideWords } from '../../messages/screens/guide.js';
import { FURTHER_TABLES, isFurtherTable, tableWords } from '../../messages/tables.js';
import { askLacking } from '../asking.js';
import { type Asking, askOne } from '../questions.js';

/** Asks what a further file holds, and for the file; gives the words behind `import`. */
export async function askTable(asking: Asking): Promise<readonly string[]> {
  const { lang } = asking;
  const words = guideWords[lang];
  const kind = await askOne<string>(asking, words.whichTable, [
    { value: 'customers', name: words.tables.customers },
    ...FURTHER_TABLES.map((table) => ({ value: table, name: tableWords[lang][table].name })),
    { value: 'consents', name: words.tables.consents },
  ]);
  const key = kind === 'consents' ? kind : 'file';
  const file = await askLacking(asking, { command: 'import', key }, words.whichFile);
  return isFurtherTable(kind) ? ['--table', kind, ...file] : file;
}
