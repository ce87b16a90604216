import type { Json } from '../../../base/json.js';
import { dayOf } from '../../../base/time.js';
import { fail } from '../../../messages/error.js';
import { eachLang, type Lang } from '../../../messages/lang.js';
import { requirementWords } from '../../../messages/requirements.js';
import { lawsWords } from '../../../messages/screens/laws.js';
import { citation } from '../../../messages/citation.js';
import {
  CATALOGUE_DATE,
  catalogueAge,
  citationOf,
  formerArticle,
  fullCitationOf,
  isCatalogueOld,
  LAWS,
  type Law,
  type LawSource,
  lawOf,
  type OpenQuestion,
  QUESTIONS,
  questionsOf,
} from '../../../policy/laws.js';
import type { Fact } from '../../../report/screen.js';
import type { CommandResult, Run } from '../../context.js';

const sourceWords: Readonly<Record<Lang, Readonly<Record<LawSource, string>>>> = eachLang(
  (lang) => lawsWords[lang].sources,
);

/** `handover laws`: the laws and standards behind the requirement ids, or one of them. Needs no workspace. */
export const run: Run<'laws'> = async (context, { options }) => {
  const { lang } = context;
  const today = dayOf(context.runtime.now());
  const isOld = isCatalogueOld(today);
  const about = options.id === undefined ? everyLaw(lang) : oneRequirement(options.id.toUpperCase(), lang);
  return {
    ...about,
    json: { catalogue: CATALOGUE_DATE, old: isOld, ...about.json },
    screen: (screen) => {
      about.screen(screen);
      if (isOld) screen.gap().warn(lawsWords[lang].old(CATALOGUE_DATE, catalogueAge(today)));
      if ((about.next ?? []).length > 0) screen.gap();
    },
  };
};

function everyLaw(lang: Lang): CommandResult {
  const words = lawsWords[lang];
  return {
    json: { laws: LAWS.map(lawJson), questions: QUESTIONS.map(questionJson) },
    screen: (screen) => {
      const { id, inForce, source, title } = words.columns;
      screen.table(
        [{ title: id }, { title: inForce }, { title: source }, { title }],
        LAWS.map((law) => [law.id, law.inForce, sourceWords[lang][law.source], law.title[lang]]),
      );
      screen.gap().say(words.summary(LAWS.length, CATALOGUE_DATE));
      // Questions of one law are listed with it.
      const general = QUESTIONS.filter(({ laws }) => laws.length === 0);
      for (const { text } of general) screen.item(text[lang]);
    },
    next: [{ say: words.next, command: 'handover laws --id PIPL-47' }],
  };
}

function oneRequirement(id: string, lang: Lang): CommandResult {
  const law = lawOf(id) ?? fail({ code: 'LAW_UNKNOWN' });
  const does = Object.hasOwn(requirementWords, id) ? requirementWords[id] : undefined;
  const isWhole = id === law.id;
  const met = Object.keys(requirementWords).filter((known) => lawOf(known)?.id === law.id);
  const questions = questionsOf(id);
  const former = formerArticle(id);
  return {
    json: {
      id,
      law: lawJson(law),
      citation: eachLang((each) => fullCitationOf(id, each)),
      former_article: former,
      program: isWhole || does === undefined ? null : { ...does },
      requirements: met,
      questions: questions.map(questionJson),
    },
    screen: (screen) => {
      const words = lawsWords[lang];
      screen.heading(isWhole ? law.title[lang] : citationOf(id, lang));
      screen.facts([
        ...lawFacts(law, lang, isWhole),
        ...(former === null ? [] : [[words.former, formerText(law, former, lang)] as const]),
        isWhole
          ? [words.requirements, { items: met, between: ' ' }]
          : [words.does, does?.[lang] ?? words.leftToPeople],
        ...(questions.length === 0
          ? []
          : [[words.questions, ...questions.map((question) => `· ${question.text[lang]}`)] as const]),
      ]);
    },
  };
}

function lawFacts(law: Law, lang: Lang, isWhole: boolean): readonly Fact[] {
  const words = lawsWords[lang];
  const renumbered = (law.renumbered ?? []).map(([now, before]) =>
    words.renumbered(
      citationOf(`${law.id}-${now}`, lang),
      citationOf(`${law.id}-${before}`, lang).replace(citation[lang].named(law.short[lang]), '').trim(),
    ),
  );
  return [
    ...(isWhole ? [[words.cited, law.short[lang]] as const] : [[words.law, law.title[lang]] as const]),
    ...(law.made === null ? [] : [[words.made, law.made] as const]),
    [words.inForce, law.inForce],
    [words.verified, words.verifiedText(law.verified, sourceWords[lang][law.source])],
    ...(law.supersedes === undefined ? [] : [[words.supersedes, law.supersedes[lang]] as const]),
    ...(isWhole && renumbered.length > 0 ? [[words.former, ...renumbered] as const] : []),
  ];
}

function formerText(law: Law, article: number, lang: Lang): string {
  const cited = citationOf(`${law.id}-${article}`, lang)
    .replace(citation[lang].named(law.short[lang]), '')
    .trim();
  return lawsWords[lang].formerText(cited, law.inForce);
}

function lawJson(law: Law): Json {
  const { id, title, short, made, inForce, source, verified, supersedes, renumbered } = law;
  return {
    id,
    title: { ...title },
    short: { ...short },
    made,
    in_force: inForce,
    source,
    verified,
    supersedes: supersedes === undefined ? null : { ...supersedes },
    renumbered: (renumbered ?? []).map(([now, before]) => ({ now, before })),
    questions: questionsOf(law.id).map(({ number }) => number),
  };
}

function questionJson({ number, laws, text }: OpenQuestion): Json {
  return { number, laws: [...laws], text: { ...text } };
}
