import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { CopyText, ErrorState, RowsShape } from '../kit/index.ts';
import { useWords } from '../words.ts';
import classes from './settings.module.css';

const templateSchema = z.looseObject({
  name: z.string(),
  language: z.string(),
  category: z.string(),
  components: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
});
const templatesSchema = z.object({ templates: z.array(templateSchema) });

/** What Meta must approve before WhatsApp carries it: the text of each notice, and the whole to submit. */
export function Templates(): ReactNode {
  const t = useWords();
  const [open, setOpen] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['settings', 'templates'],
    queryFn: () => ask('/api/channels/whatsapp/templates', templatesSchema),
    enabled: open,
    staleTime: Infinity,
  });
  return (
    <>
      <Button variant="subtle" size="compact-sm" aria-expanded={open} onClick={() => setOpen(!open)}>
        {t(open ? 'settings.templates-hide' : 'settings.templates-show')}
      </Button>
      {!open ? null : data === undefined ? (
        error === null ? (
          <RowsShape rows={4} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <>
          <p className={classes['help']}>{t('settings.templates-help')}</p>
          <CopyText label={t('settings.templates-json')} text={JSON.stringify(data.templates, null, 1)} />
          <ul className={classes['templates']}>
            {data.templates.map((template) => (
              <li key={`${template.name} ${template.language}`}>
                <span>
                  <code>{template.name}</code> · {template.language}
                </span>
                <p>{template.components.find(({ type }) => type === 'BODY')?.text}</p>
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  );
}
