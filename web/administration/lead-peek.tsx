import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { Act, Countdown, Phone, SidePanel, When } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { Because } from './because.tsx';
import type { Board, BoardRow, LeadRow } from './board-answers.ts';
import { leadName, sentenceOf } from './needs-eyes.tsx';
import classes from './now.module.css';
import { usePlacing } from './placing.ts';
import { ReceiverDialog } from './receiver-dialog.tsx';

interface Props {
  row: LeadRow | BoardRow;
  board: Board | undefined;
  close: () => void;
  done: () => void;
}

/** A lead beside the board: where it stands, why, and what can be done with it now. */
export function LeadPeek({ row, board, close, done }: Props): ReactNode {
  const t = useWords();
  const [giving, setGiving] = useState(false);
  const { byTurn } = usePlacing(done);
  const decision = 'decision' in row ? row.decision : null;
  const mayPlace = (board?.people.length ?? 0) > 0;
  return (
    <SidePanel title={leadName(row)} label={leadName(row)} close={close}>
      <div className={classes['peek']}>
        {row.dueAt !== null && row.assignedAt !== null ? (
          <Countdown
            size="large"
            from={row.assignedAt}
            until={row.dueAt}
            own={false}
            label={t('administration.now.contact', { name: leadName(row) })}
          />
        ) : null}
        <dl className={classes['facts']}>
          <dt>{t('administration.col.holder')}</dt>
          <dd>{row.holderName ?? t('administration.drill.no-holder')}</dd>
          <dt>{t('administration.peek.phone')}</dt>
          <dd>{row.phone === null ? '—' : <Phone number={row.phone} />}</dd>
          <dt>{t('administration.col.source')}</dt>
          <dd>{row.source}</dd>
          <dt>{t('administration.peek.received')}</dt>
          <dd>
            <When at={row.receivedAt} as="moment" />
          </dd>
          {row.contactedAt === null ? null : (
            <>
              <dt>{t('administration.peek.contacted')}</dt>
              <dd>
                <When at={row.contactedAt} as="moment" />
              </dd>
            </>
          )}
        </dl>
        {decision === null || !('decision' in row) ? null : (
          <div className={classes['because']}>
            <Because
              open
              sentence={sentenceOf(t, row)}
              because={decision.because}
              facts={[{ at: decision.at, text: sentenceOf(t, row) }]}
              passedOver={decision.passedOver}
            />
          </div>
        )}
        <div className={classes['peekActs']}>
          {mayPlace && row.stage !== 'refused' ? (
            <>
              <Act keys="d" label={t('administration.act.give')} run={() => setGiving(true)} />
              <Act
                keys="t"
                variant="default"
                label={t(
                  row.auditListedAt === null ? 'administration.act.by-turn' : 'administration.act.reassign',
                )}
                run={() => byTurn(row)}
              />
            </>
          ) : null}
          <Button component={Link} to={`/leads/${row.id}`} variant="subtle">
            {t('administration.peek.open')}
          </Button>
        </div>
      </div>
      {giving && board !== undefined ? (
        <ReceiverDialog row={row} people={board.people} close={() => setGiving(false)} done={done} />
      ) : null}
    </SidePanel>
  );
}
