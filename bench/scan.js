import { parseArgs } from 'node:util';
import { scanHits } from '../dist/policy/scan.js';
import { labelledNotes } from '../fixtures/notes/notes.js';
import { measureScan } from '../fixtures/notes/measure.js';
import { printTable } from './table.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '6' }, seed: { type: 'string', default: '1' } },
});
const notes = labelledNotes(Number(values.rounds), Number(values.seed));
console.log(`${notes.length} invented notes\n`);
/** @param {number} share */
const percent = (share) => (Number.isNaN(share) ? '-' : `${(100 * share).toFixed(1)} %`);
printTable(
  ['class', 'labelled', 'found', 'precision', 'recall'],
  measureScan(notes, scanHits).map(({ label, labelled, found, precision, recall }) => [
    label,
    `${labelled}`,
    `${found}`,
    percent(precision),
    percent(recall),
  ]),
);
