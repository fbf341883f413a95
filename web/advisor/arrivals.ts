/** What came and what went since the screen was last drawn: told at once, whatever the person is looking at. */
import { useEffect, useRef } from 'react';
import { showNotice } from '../kit/index.ts';
import { nameOf } from '../leads/acts.tsx';
import type { MyDay } from '../leads/data.ts';
import { useWords } from '../words.ts';
import { ring } from './sound.tsx';

export function useArrivals(day: MyDay): void {
  const t = useWords();
  const before = useRef(day);
  useEffect(() => {
    const { leads } = before.current;
    if (before.current === day) return;
    before.current = day;
    const had = new Set(leads.map(({ id }) => id));
    const has = new Set(day.leads.map(({ id }) => id));
    const came = day.leads.filter(({ id }) => !had.has(id));
    for (const lead of leads.filter(({ id }) => !has.has(id))) {
      const gone = day.gone.find(({ id }) => id === lead.id);
      if (gone === undefined) continue;
      showNotice({
        title: t('leads.day.went', { name: nameOf(lead) }),
        text: t(gone.missed ? 'leads.day.went-missed' : 'leads.day.went-other'),
        late: gone.missed,
        news: true,
      });
    }
    for (const lead of came) showNotice({ text: t('leads.day.came', { name: nameOf(lead) }), news: true });
    if (came.some(({ dueAt }) => dueAt !== null)) ring();
  }, [day, t]);
}
