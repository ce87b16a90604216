/** Who a row is about (GD-11): whoever pays, whoever is cared for, somebody beside them, somebody who works for the firm. */
export type SubjectRole = 'payer' | 'care-recipient' | 'third-party' | 'worker';

const WORDS: Readonly<Record<Exclude<SubjectRole, 'payer'>, RegExp>> = {
  'care-recipient':
    /^(?:服务对象|被照护[人者]|被服务人|被护理人|照护对象|护理对象|老人|长者|病人|患者|孕妇|产妇|care[ _-]?recipient|cared for|patient|elder)$/iu,
  'third-party':
    /^(?:(?:紧急)?联系人|家属|家人|家庭成员|亲属|亲戚|邻居|第三[人方]|配偶|丈夫|妻子|儿子|女儿|子女|父亲|母亲|父母|third[ _-]?party|emergency contact|relative|family(?: member)?|household member)$/iu,
  worker:
    /^(?:家政(?:服务)?(?:人员|员)|服务人员|服务员|阿姨|保洁(?:员|阿姨)?|月嫂|育儿嫂|保姆|护工|护理员|员工|师傅|worker|staff|employee|cleaner|nanny)$/iu,
};
const ROLES = ['care-recipient', 'third-party', 'worker'] as const;

/** The role that a list gives somebody. Any other text, or none, is the customer who agreed and pays. */
export function roleOf(text: string): SubjectRole {
  const said = text.normalize('NFKC').trim();
  return (said === '' ? undefined : ROLES.find((role) => WORDS[role].test(said))) ?? 'payer';
}
