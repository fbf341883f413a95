import { Button, UnstyledButton } from '@mantine/core';
import { IconArrowsExchange, IconChevronRight, IconNote, IconPhone, IconStar } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { Phone, Shortcut, When } from '../kit/index.ts';
import { nameOf, type LeadActs } from '../leads/acts.tsx';
import type { LeadRow } from '../leads/data.ts';
import { LeadState } from '../leads/lead-state.tsx';
import { useSourceName } from '../leads/source-names.ts';
import { useWords } from '../words.ts';
import classes from './my-day.module.css';

/** The lead to contact now: who, how long is left, and one big «Llamar». */
export function NewLead({
  lead,
  active,
  acts,
  open,
}: {
  lead: LeadRow;
  active: boolean;
  acts: LeadActs;
  open: () => void;
}): ReactNode {
  const t = useWords();
  const source = useSourceName();
  return (
    <article id={`lead-${lead.id}`} className={classes['hero']} data-active={active} data-lead={lead.id}>
      <div className={classes['heroHead']}>
        <div>
          <h2 className={classes['heroName']}>{nameOf(lead)}</h2>
          <p className={classes['heroAbout']}>
            {t('leads.day.from', { source: source(lead.source) })} · <When at={lead.receivedAt} />
            {lead.phone === null ? null : (
              <>
                {' · '}
                <Phone number={lead.phone} />
              </>
            )}
          </p>
        </div>
        <UnstyledButton onClick={open} aria-label={t('leads.day.open')} className={classes['open']}>
          <IconChevronRight size={22} aria-hidden />
        </UnstyledButton>
      </div>
      <div className={classes['waiting']}>
        <LeadState lead={lead} own size="large" />
        {lead.waitsForCall === null ? null : <p className={classes['soft']}>{t('leads.day.waits-help')}</p>}
      </div>
      <Button
        className={classes['call'] ?? ''}
        fullWidth
        loading={acts.calling === lead.id}
        leftSection={<IconPhone size={24} aria-hidden />}
        rightSection={active ? <Shortcut keys="l" /> : null}
        onClick={() => acts.start('call', lead)}
      >
        {t('leads.day.call')}
      </Button>
      <div className={classes['acts']}>
        <Button
          variant="light"
          leftSection={<IconNote size={17} aria-hidden />}
          rightSection={active ? <Shortcut keys="n" /> : null}
          onClick={() => acts.start('note', lead)}
        >
          {t('leads.day.note')}
        </Button>
        <Button
          variant="light"
          leftSection={<IconStar size={17} aria-hidden />}
          rightSection={active ? <Shortcut keys="c" /> : null}
          onClick={() => acts.start('grade', lead)}
        >
          {t('leads.day.grade')}
        </Button>
        <Button
          variant="light"
          leftSection={<IconArrowsExchange size={17} aria-hidden />}
          rightSection={active ? <Shortcut keys="p" /> : null}
          onClick={() => acts.start('pass', lead)}
        >
          {t('leads.day.pass')}
        </Button>
      </div>
    </article>
  );
}
