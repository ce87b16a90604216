import { EXIT } from '../../../messages/exit.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { doctorWords } from '../../../messages/screens/doctor.js';
import { withSession } from '../../../steps/session/session.js';
import { type DoctorCheck, type DoctorFinding, doctor, lawsFinding } from '../../../steps/setup/doctor.js';
import { findWorkspace } from '../../../store/find-workspace.js';
import type { Run } from '../../context.js';

interface CheckWords {
  readonly name: string;
  readonly good: (detail: string) => string;
  readonly warning: (detail: string) => string;
}

const checkWords: Readonly<Record<Lang, Readonly<Record<DoctorCheck, CheckWords>>>> = eachLang(
  (lang) => doctorWords[lang].checks,
);

/** `handover doctor`: what makes an installation or a workspace less safe than it should be. */
export const run: Run<'doctor'> = async (context, { options }) => {
  const { lang } = context;
  const words = doctorWords[lang];
  const dir = context.workspace ?? findWorkspace(context.system.cwd);
  const found: readonly DoctorFinding[] =
    dir === null
      ? [{ check: 'node', state: 'good', detail: context.system.node }, lawsFinding(context.runtime.now())]
      : await withSession(dir, context.runtime, (session) => doctor(session, options.vault));
  const warnings = found.filter(({ state }) => state === 'warning').length;
  return {
    json: { workspace: dir, findings: found.map((finding) => ({ ...finding })) },
    screen: (screen) => {
      screen.facts(
        found.map(({ check, state, detail }) => {
          const { name, [state]: say } = checkWords[lang][check];
          return [name, `${state === 'good' ? '✓' : '!'} ${say(detail)}`];
        }),
      );
      if (dir === null) screen.say(words.noWorkspace);
      if (warnings === 0) screen.good(words.healthy);
      else screen.warn(words.attention(warnings));
    },
    exit: warnings === 0 ? 0 : EXIT.findings,
  };
};
