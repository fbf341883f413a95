import type { HttpApp } from '../platform/http.ts';
import { houseRules } from './house-rules.ts';
import { clauseText, type Pack, type Saying } from './pack.ts';

interface ClauseWords {
  /** `contact-center-policy#L4`, or `house#administrator` for a rule of the product's own. */
  readonly clause: string;
  readonly title: Saying | null;
  readonly text: Saying;
}

/** The words behind every `because`: what each clause says, so that any screen can show it beside the decision. */
export function clauseWords(packs: readonly Pack[]): ClauseWords[] {
  const written = packs.flatMap((pack) =>
    pack.clauses.map((clause) => ({
      clause: `${pack.name}#${clause.id}`,
      title: pack.title,
      text: { es: clauseText(clause, 'es'), en: clauseText(clause, 'en') },
    })),
  );
  const own = Object.entries(houseRules).map(([name, text]) => ({
    clause: `house#${name}`,
    title: null,
    text,
  }));
  return [...written, ...own];
}

export function clauseRoutes(app: HttpApp, packs: readonly Pack[]): void {
  const clauses = clauseWords(packs);
  app.get('/api/clauses', { config: { may: 'procedures.see' } }, async () => ({ clauses }));
}
