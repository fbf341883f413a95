/** The languages answers are written in; the screen's locales (es-MX, es-CO, en) fold into these two. */
export type AnswerLanguage = 'es' | 'en';

/** The first language of an Accept-Language header that we speak, by its weights; Spanish when it names none of ours. */
export function languageOf(acceptLanguage: string | undefined): AnswerLanguage {
  const wanted = (acceptLanguage ?? '')
    .slice(0, ACCEPT_LANGUAGE_CHARACTERS_MAX)
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().toLowerCase().split(';');
      const weight = parameters
        .map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1])
        .find((q) => q !== undefined);
      return { language: tag.trim().split('-')[0] ?? '', weight: weight === undefined ? 1 : Number(weight) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight)
    .find(({ language }) => language === 'es' || language === 'en');
  return wanted?.language === 'en' ? 'en' : 'es';
}

const ACCEPT_LANGUAGE_CHARACTERS_MAX = 200;
