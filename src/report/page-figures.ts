import type { ProofPage } from './page-whole.js';

// The figures on the page, held against its events. What runs inside the page is written by the rule of page-proof.ts.

/** An event as the page reads it back. */
export interface ProofEvent {
  readonly action: string;
  readonly objects: Readonly<Record<string, string>>;
  readonly details: unknown;
}

/**
 * The figures of page one and the digests of the evidence that follow from the log, by the names that the page gives them in `data-figure`:
 * `check/<id>/read`, `bundle/<id>/rows`, `bundle/<id>/manifest`, `bundle/<id>/receipt`, `purge/<id>/certificate` … Runs in the page.
 */
export function figuresOf(events: readonly ProofEvent[]): Map<string, string> {
  const figures = new Map<string, string>();
  const member = (value: unknown, key: string): unknown =>
    typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined;
  const put = (name: string, value: unknown): void => {
    if (typeof value === 'string' || typeof value === 'number') figures.set(name, String(value));
  };
  for (const { action, objects, details } of events) {
    const bundle = `bundle/${objects['bundle']}`;
    if (action === 'checked') {
      const accounting = member(details, 'accounting');
      // The page names rows that are replaced, or with the buyer already, only where there are any.
      for (const key of ['read', 'transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'])
        if ((key !== 'replaced' && key !== 'handed_over') || member(accounting, key) !== 0)
          put(`check/${objects['check']}/${key}`, member(accounting, key));
    } else if (action === 'exported') {
      const resources = member(details, 'resources');
      let rows = 0;
      if (Array.isArray(resources))
        // Rows of the tables beside the customers are no persons.
        for (const resource of resources)
          if (member(resource, 'name') === 'customers') rows += Number(member(resource, 'rows'));
      put(`${bundle}/rows`, rows);
      put(`${bundle}/manifest`, objects['manifest']);
      put(`${bundle}/file`, objects['file']);
    } else if (action === 'received') {
      put(`${bundle}/received`, member(details, 'received'));
      put(`${bundle}/manifest`, objects['manifest']);
    } else if (action === 'receipt-accepted' || action === 'receipted') {
      put(`${bundle}/receipt`, objects['receipt']);
    } else if (action === 'purged') {
      put(`purge/${objects['purge']}/certificate`, objects['certificate']);
      put(`purge/${objects['purge']}/records`, member(details, 'purge'));
    }
  }
  return figures;
}

/** What was found of the figures on a page. */
export interface ComparedFigures {
  /** Names of the figures that it shows. */
  readonly names: ReadonlySet<string>;
  readonly right: number;
  readonly wrong: number;
  /** Of the right ones, those that no signed event tells of. */
  readonly unsupported: number;
}

/**
 * Holds every figure and every share on the page against what follows from its events, and marks those that are wrong. Runs in the page.
 *
 * @param every what follows from all events
 * @param signed what follows from those under the checkpoint
 * @param shareOf {@link proofShare}
 */
export function compareFigures(
  page: ProofPage,
  every: ReadonlyMap<string, string>,
  signed: ReadonlyMap<string, string>,
  shareOf: typeof proofShare,
): ComparedFigures {
  const names = new Set<string>();
  const found = { right: 0, wrong: 0, unsupported: 0 };
  for (const element of page.querySelectorAll('[data-figure]')) {
    const name = element.getAttribute('data-figure') ?? '';
    const value = (element.textContent ?? '').replace(/[,\s]/g, '');
    element.removeAttribute('data-wrong');
    names.add(name);
    if (every.get(name) !== value) {
      found.wrong++;
      element.setAttribute('data-wrong', '');
    } else {
      found.right++;
      if (!name.startsWith('log/') && signed.get(name) !== value) found.unsupported++;
    }
  }
  for (const element of page.querySelectorAll('[data-share]')) {
    const share = shareOf(element.getAttribute('data-share') ?? '', every);
    element.removeAttribute('data-wrong');
    if ((element.textContent ?? '').trim() === share) found.right++;
    else {
      found.wrong++;
      element.setAttribute('data-wrong', '');
    }
  }
  return { names, ...found };
}

/** Which share of the customers of a check goes or went, as the page writes it. Runs in the page. */
export function proofShare(check: string, every: ReadonlyMap<string, string>): string {
  const part = Number(every.get(`${check}/transfer`)) + Number(every.get(`${check}/handed_over`) ?? 0);
  const rest = Number(every.get(`${check}/blank`)) + Number(every.get(`${check}/replaced`) ?? 0);
  const whole = Number(every.get(`${check}/read`)) - rest;
  if (!(whole > 0)) return '–';
  const tenths = Math.round((part / whole) * 1000);
  if (part > 0 && tenths === 0) return '<0.1%';
  return part < whole && tenths === 1000 ? '>99.9%' : `${(tenths / 10).toFixed(1)}%`;
}

/**
 * Whatever is shown of one thing is shown whole; a report on everything leaves out no bundle and no purge. Runs in the page.
 *
 * @param names of the figures that the page shows
 * @returns how many figures it should show and does not, and how many checks it shows whose parts are not the whole
 */
export function missingFigures(
  page: ProofPage,
  names: ReadonlySet<string>,
  every: ReadonlyMap<string, string>,
): { readonly missing: number; readonly unbalanced: number } {
  const groupOf = (name: string): string => name.split('/').slice(0, 2).join('/');
  const groupsShown = new Set([...names].map(groupOf));
  const isAll = page.getElementById('report')?.getAttribute('data-deal') === '';
  const missing = [...every.keys()].filter(
    (name) =>
      !names.has(name) &&
      (groupsShown.has(groupOf(name)) ||
        (isAll && (name.startsWith('bundle/') || name.startsWith('purge/')))),
  );
  let unbalanced = 0;
  for (const group of groupsShown) {
    if (!group.startsWith('check/')) continue;
    const count = (key: string): number => Number(every.get(`${group}/${key}`) ?? 0);
    const parts = ['transfer', 'ask', 'withhold', 'reject', 'blank', 'replaced', 'handed_over'];
    const sum = parts.reduce((n, key) => n + count(key), 0);
    if (sum !== count('read')) unbalanced++;
  }
  return { missing: missing.length, unbalanced };
}
