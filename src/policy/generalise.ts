import type { FieldDefinition } from '../dataset/fields.js';

/** Fields that are already as coarse as generalising makes them. */
const COARSE: readonly string[] = [
  'province',
  'city',
  'district',
  'community',
  'gender',
  'subject_role',
  'id_type',
];

/**
 * Where the door begins in an address: a house, building or unit number. Runs of Chinese numerals are bounded, so that a search stays
 * linear in the length of the text.
 */
const DOOR =
  /[A-Za-z]?\d|[A-Za-z](?=[座栋幢])|[甲乙丙丁](?=[座栋幢])|[一二三四五六七八九十]{1,4}(?=[号栋幢座室楼层弄]|单元)/u;

/**
 * How values of a field are made coarser, or null if there is no way for this field and it must be dropped or masked instead.
 * '' stays '' (an empty value is no value).
 */
export function generaliserOf(field: FieldDefinition): ((value: string) => string) | null {
  if (COARSE.includes(field.name)) return (value) => value;
  if (field.name === 'age') return ageBand;
  switch (field.kind) {
    case 'address':
      return compound;
    case 'birth-date':
      return (value) => value.slice(0, 4);
    case 'date':
    case 'past-date':
    case 'datetime':
      return (value) => value.slice(0, 7);
    case 'count':
      return countBand;
    case 'coordinate':
      return oneDecimal;
    default:
      return null;
  }
}

/** An address down to the residential compound or street: what is before the first house, building or unit number. */
export function compound(address: string): string {
  const door = DOOR.exec(address);
  return (door === null ? address : address.slice(0, door.index)).replace(/[\s,，、#-]+$/u, '');
}

function ageBand(value: string): string {
  const age = Number(value);
  if (value === '' || !Number.isSafeInteger(age) || age < 0) return '';
  if (age < 14) return '0-13';
  if (age < 20) return '14-19';
  const low = Math.min(90, age - (age % 10));
  return low === 90 ? '90+' : `${low}-${low + 9}`;
}

function countBand(value: string): string {
  const count = Number(value);
  if (value === '' || Number.isNaN(count)) return '';
  if (count <= 0) return '0';
  if (count < 10) return '1-9';
  return count < 50 ? '10-49' : '50+';
}

/** About ten kilometres. */
function oneDecimal(value: string): string {
  const point = value.indexOf('.');
  return point < 0 ? value : value.slice(0, point + 2);
}
