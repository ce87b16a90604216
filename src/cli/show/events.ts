import type { EventAction, LoggedEvent } from '../../audit/event.js';
import type { Json } from '../../base/json.js';
import { eachLang, type Lang } from '../../messages/lang.js';
import { auditWords } from '../../messages/screens/audit.js';
import { proofWords } from '../../messages/screens/proof.js';
import { localTime } from '../../report/times.js';

const actionWords: Readonly<Record<Lang, Readonly<Record<EventAction, string>>>> = eachLang(
  (lang) => auditWords[lang].actions,
);

/** What was done, in a word or two. */
export function actionText(action: EventAction, lang: Lang): string {
  return actionWords[lang][action];
}

/** An event on one line. */
export function eventText({ seq, time, action, actor }: LoggedEvent, lang: Lang): string {
  return proofWords[lang].eventText(seq, localTime(time), actionText(action, lang), actor.operator);
}

/** An event in a document of --json. */
export function eventJson({ seq, time, actor, action, objects, details }: LoggedEvent): Json {
  return { seq, time, actor: { ...actor }, action, objects: { ...objects }, details };
}
