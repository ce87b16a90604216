import type { CalendarDate, Duration } from '../../base/time.js';
import { fieldNamed } from '../../dataset/field-named.js';
import { dayMeant, periodMeant } from '../../deal/answers.js';
import { actionNamed } from '../../deal/names.js';
import type { DraftPaperName } from '../../deal/template.js';
import { FIELD_ACTIONS, type FieldAction } from '../../deal/terms.js';
import { templatePurposes } from '../../messages/deal-template.js';
import { fail } from '../../messages/error.js';
import type { DraftAnswers } from '../../steps/deal/draft.js';
import type { CommandContext } from '../context.js';
import type { CommandInput } from '../shapes.js';

type Options = CommandInput<'deal init'>['options'];

/** What the options of `deal init` answer; what they leave open may be asked. */
export type Answered = Partial<DraftAnswers> & Pick<DraftAnswers, 'actions' | 'papers'>;

/** Ways to write a period, for whoever wrote another. */
const PERIODS = ['30天', '6个月', '3年', 'P30D', 'P6M', 'P3Y'];

/** Without a limit: nobody stays behind for having been away. */
const NO_LIMIT = ['none', '不限'];

/**
 * The answers that the command line gives.
 *
 * @throws HandoverError CLI_OPTION_VALUE, TIME_INVALID
 */
export function answersIn(context: CommandContext, options: Options): Answered {
  const { kind, contact, phone, approvals } = options;
  return {
    ...(options.id === undefined ? {} : { id: options.id }),
    ...(kind === undefined ? {} : { kind }),
    ...(contact === undefined ? {} : { contact }),
    ...(phone === undefined ? {} : { phone }),
    ...(approvals === undefined ? {} : { approvals }),
    ...(options.purpose.length === 0 ? {} : { purposes: options.purpose.map(purposeMeant) }),
    ...(options.effective === undefined ? {} : { effective: day('--effective', options.effective) }),
    ...(options.sellerKeeps === undefined
      ? {}
      : { sellerKeeps: period('--seller-keeps', options.sellerKeeps) }),
    ...(options.buyerKeeps === undefined ? {} : { buyerKeeps: period('--buyer-keeps', options.buyerKeeps) }),
    ...(options.inactive === undefined ? {} : { inactive: limit(options.inactive) }),
    actions: new Map(options.field.map(fieldMeant)),
    papers: papersIn(context, options),
  };
}

function papersIn(context: CommandContext, options: Options): DraftAnswers['papers'] {
  const paper = (
    name: DraftPaperName,
    path: string | undefined,
    flag: string,
    date: string | undefined,
  ): DraftAnswers['papers'] =>
    path === undefined
      ? {}
      : { [name]: { path: context.path(path), date: date === undefined ? null : day(flag, date) } };
  return {
    ...paper('confidentiality', options.agreement, '--agreement-signed', options.agreementSigned),
    ...paper('assessment', options.assessment, '--assessment-date', options.assessmentDate),
    ...paper('notice', options.notice, '--notice-sent', options.noticeSent),
  };
}

/** `姓名=保留`, `name=keep`. */
function fieldMeant(text: string): readonly [string, FieldAction] {
  const [, name = '', word = ''] = /^([^=＝:：]+)[=＝:：](.+)$/.exec(text.normalize('NFC')) ?? [];
  const field = fieldNamed(name);
  const meant = actionNamed(word);
  const action = FIELD_ACTIONS.find((each) => each === meant);
  if (field === undefined || action === undefined)
    return fail({
      code: 'CLI_OPTION_VALUE',
      option: '--field',
      allowed: ['姓名=保留', '备注=留下', 'name=keep', 'notes=drop'],
    });
  return [field, action];
}

function purposeMeant(text: string): string {
  const found = templatePurposes.find(
    ({ id, ...words }) => id === text || Object.values(words).some((word) => word === text.trim()),
  );
  return (
    found?.id ??
    fail({ code: 'CLI_OPTION_VALUE', option: '--purpose', allowed: templatePurposes.map(({ id }) => id) })
  );
}

function day(option: string, text: string): CalendarDate {
  return dayMeant(text) ?? fail({ code: 'TIME_INVALID', document: option });
}

function period(option: string, text: string): Duration {
  return periodMeant(text) ?? fail({ code: 'CLI_OPTION_VALUE', option, allowed: PERIODS });
}

function limit(text: string): Duration | null {
  if (NO_LIMIT.includes(text.trim())) return null;
  return (
    periodMeant(text) ??
    fail({ code: 'CLI_OPTION_VALUE', option: '--inactive', allowed: [...PERIODS, ...NO_LIMIT] })
  );
}
