import { guideWords } from '../../messages/screens/guide.js';
import { helpWords, OVERVIEW } from '../help.js';
import { type Asking, askOne } from '../questions.js';
import type { CommandName } from '../shapes.js';

const BACK = 'back';

/** Asks for any command there is: first what it is about, then which. Null to go back. */
export async function askCommand(asking: Asking): Promise<CommandName | null> {
  const words = guideWords[asking.lang];
  const help = await helpWords(asking.lang);
  const section = await askOne<string>(asking, words.section, [
    ...OVERVIEW.map(([section]) => ({ value: section, name: help.sections[section] })),
    { value: BACK, name: words.back },
  ]);
  const names = OVERVIEW.find(([each]) => each === section)?.[1] ?? [];
  if (names.length === 0) return null;
  const command = await askOne<string>(asking, words.command, [
    ...names.map((name) => ({ value: name, name: `${name}  ${help.commands[name].summary}` })),
    { value: BACK, name: words.back },
  ]);
  return names.find((name) => name === command) ?? null;
}
