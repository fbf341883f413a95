import { Button } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import {
  IconAlertTriangle,
  IconCircleCheck,
  IconCopyCheck,
  IconHourglass,
  IconRefresh,
} from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import { z } from 'zod';
import { ask } from '../api.ts';
import { ChoiceField, ErrorState, FormFault, RowsShape, StatusBadge, When } from '../kit/index.ts';
import { useLanguage, useWords } from '../words.ts';
import { receiptsQuery, type Receipt, type Source } from './answers.ts';
import classes from './marketing.module.css';

const STATES = ['', 'faulty', 'new', 'done'] as const;

/** What the source sent, as it came: what became of it, and what could not be used, to be processed again. */
export function Receipts({ source }: { source: Source }): ReactNode {
  const t = useWords();
  const [state, setState] = useState<string>('');
  const { data, error, refetch } = useQuery(receiptsQuery(source.key, state));
  return (
    <section className={classes['part']}>
      <div className={classes['partHead']}>
        <h3>{t('marketing.receipts')}</h3>
        <ChoiceField
          aria-label={t('marketing.receipts-show')}
          size="xs"
          value={state}
          data={STATES.map((value) => ({
            value,
            label: t(value === '' ? 'marketing.receipts-all' : `marketing.receipt.${value}`),
          }))}
          onChange={(event) => setState(event.currentTarget.value)}
        />
      </div>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={3} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : data.receipts.length === 0 ? (
        <p className={classes['help']}>{t('marketing.receipts-none')}</p>
      ) : (
        <ul className={classes['receipts']}>
          {data.receipts.map((receipt) => (
            <li key={receipt.id}>
              <ReceiptLine receipt={receipt} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

const MARKS = {
  new: { tone: 'busy', icon: IconHourglass },
  done: { tone: 'good', icon: IconCircleCheck },
  faulty: { tone: 'late', icon: IconAlertTriangle },
  repeat: { tone: 'quiet', icon: IconCopyCheck },
} as const;

const processedSchema = z.object({ state: z.string().optional() });

function ReceiptLine({ receipt }: { receipt: Receipt }): ReactNode {
  const t = useWords();
  const language = useLanguage() === 'en' ? 'en' : 'es';
  const client = useQueryClient();
  const again = useMutation({
    mutationFn: () =>
      ask(`/api/receipts/${encodeURIComponent(receipt.id)}/process`, processedSchema, {
        method: 'POST',
        body: {},
      }),
    onSuccess: () => client.invalidateQueries({ queryKey: ['sources'] }),
  });
  const { state, fault, body, repeats } = receipt;
  return (
    <>
      <div className={classes['receiptHead']}>
        <StatusBadge {...MARKS[state]}>{t(`marketing.receipt.${state}`)}</StatusBadge>
        <When at={receipt.receivedAt} as="moment" />
        {repeats > 0 ? (
          <span className={classes['help']}>{t('marketing.repeats', { count: String(repeats) })}</span>
        ) : null}
      </div>
      {fault === null ? null : (
        <p>
          {fault.message[language]} <span className={classes['help']}>{fault.remedy[language]}</span>
        </p>
      )}
      <div className={classes['receiptActs']}>
        {state === 'faulty' ? (
          <Button
            size="compact-sm"
            variant="light"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={again.isPending}
            onClick={() => again.mutate()}
          >
            {t('marketing.again')}
          </Button>
        ) : null}
        {body === null || body === '' ? null : (
          <details>
            <summary>{t('marketing.body')}</summary>
            <pre className={classes['body']} tabIndex={0} aria-label={t('marketing.body')}>
              {body}
            </pre>
          </details>
        )}
      </div>
      <FormFault error={again.error} />
    </>
  );
}
