import { EXIT } from '../../../messages/exit.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { doctorWords } from '../../../messages/screens/doctor.js';
import { withSession } from '../../../steps/session/session.js';
import { type DoctorCheck, type DoctorFinding, doctor, lawsFinding } from '../../../steps/setup/doctor.js';
import { tryInstallation } from '../../../steps/setup/installation.js';
import { findWorkspace } from '../../../store/find-workspace.js';
import type { Run } from '../../context.js';

interface CheckWords {
  readonly name: string;
  readonly good: (detail: string) => string;
  readonly warning: (detail: string) => string;
  readonly alarm?: (detail: string) => string;
  readonly note?: (detail: string) => string;
}

const checkWords: Readonly<Record<Lang, Readonly<Record<DoctorCheck, CheckWords>>>> = eachLang(
  (lang) => doctorWords[lang].checks,
);

const MARKS: Readonly<Record<DoctorFinding['state'], string>> = {
  good: '✓',
  warning: '!',
  alarm: '✗',
  note: '·',
};

/** `handover doctor`: what makes an installation or a workspace less safe than it should be. */
export const run: Run<'doctor'> = async (context, { options }) => {
  const { lang } = context;
  const words = doctorWords[lang];
  const dir = context.workspace ?? findWorkspace(context.system.cwd);
  const installation = await tryInstallation(context.runtime.random);
  const isUsable = installation.every(({ check, state }) => check !== 'database' || state === 'good');
  const found: readonly DoctorFinding[] =
    dir === null || !isUsable
      ? [...installation, lawsFinding(context.runtime.now())]
      : await withSession(dir, context.runtime, (session) => doctor(session, options.vault));
  const warnings = found.filter(({ state }) => state === 'warning' || state === 'alarm').length;
  const isAlarm = found.some(({ state }) => state === 'alarm');
  return {
    json: { workspace: dir, findings: found.map((finding) => ({ ...finding })) },
    screen: (screen) => {
      screen.facts(
        found.map(({ check, state, detail }) => {
          const { name, good, warning, alarm = warning, note = warning } = checkWords[lang][check];
          const say = { good, warning, alarm, note }[state];
          return [name, `${MARKS[state]} ${say(detail)}`];
        }),
      );
      if (!isUsable) screen.say(words.notOpened);
      else if (dir === null) screen.say(words.noWorkspace);
      if (isAlarm) screen.bad(words.tampered);
      else if (warnings === 0) screen.good(words.healthy);
      else screen.warn(words.attention(warnings));
    },
    exit: isAlarm ? EXIT.integrity : warnings === 0 ? EXIT.ok : EXIT.findings,
  };
};
