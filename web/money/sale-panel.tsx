import { Button, Group, Stack } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { ask } from '../api.ts';
import {
  ChoiceField,
  ErrorState,
  Facts,
  faultOf,
  Field,
  FormFault,
  LongField,
  Money,
  RowsShape,
  showDone,
  SidePanel,
  When,
} from '../kit/index.ts';
import { useWords, type WordId } from '../words.ts';
import { doneSchema, saleQuery, type SaleAnswer, type SaleLine } from './answers.ts';
import classes from './money.module.css';
import { AmountLine } from './statement-view.tsx';
import { changeText, useCurrency } from './words-of.ts';

/** One closing: what was told of it, every amount it gave and took, and what may still be done. */
export function SalePanel({ sale, close }: { sale: string; close: () => void }): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(saleQuery(sale));
  const title =
    data === undefined
      ? t('money.sale.title')
      : (data.sale.leadName ?? t('money.sale.of', { seller: data.sale.sellerName ?? '' }));
  return (
    <SidePanel title={title} label={title} close={close}>
      {error !== null ? (
        <ErrorState error={error} retry={() => void refetch()} />
      ) : data === undefined ? (
        <RowsShape rows={5} />
      ) : (
        <SaleView answer={data} />
      )}
    </SidePanel>
  );
}

function SaleView({ answer }: { answer: SaleAnswer }): ReactNode {
  const t = useWords();
  const currency = useCurrency();
  const { sale, lines } = answer;
  const amount = (value: string | null): ReactNode =>
    value === null ? (
      <span className={classes['soft']}>{t('money.sale.not-told')}</span>
    ) : (
      <Money amount={value} currency={currency} />
    );
  const first = lines.filter(({ why }) => why === null);
  const changes = [
    ...Map.groupBy(
      lines.filter(({ why }) => why !== null),
      ({ at, why }) => `${at} ${why}`,
    ).values(),
  ];
  return (
    <Stack gap="md">
      <Facts>
        <dt>{t('money.sale.closed')}</dt>
        <dd>
          <When at={sale.closedAt} as="moment" />
        </dd>
        {sale.canceledAt === null ? null : (
          <>
            <dt>{t('money.sale.canceled')}</dt>
            <dd>
              <When at={sale.canceledAt} as="moment" />
            </dd>
          </>
        )}
        <dt>{t('money.sale.seller')}</dt>
        <dd>{sale.sellerName}</dd>
        <dt>{t('money.sale.manager')}</dt>
        <dd>{sale.managerName ?? '—'}</dd>
        <dt>{t('money.sale.price')}</dt>
        <dd>{amount(sale.price)}</dd>
        <dt>{t('money.sale.advisor-commission')}</dt>
        <dd>{amount(sale.advisorCommission)}</dd>
        <dt>{t('money.sale.manager-commission')}</dt>
        <dd>{amount(sale.managerCommission)}</dd>
        <dt>{t('money.sale.came')}</dt>
        <dd>{t(sale.throughCenter ? 'money.sale.through-center' : 'money.sale.own-prospect')}</dd>
      </Facts>
      <Link to="/leads" search={{ lead: sale.lead }} className={classes['link']}>
        {t('money.sale.open-lead')}
      </Link>
      <section className={classes['part']}>
        <h3>{t('money.sale.amounts')}</h3>
        <Lines lines={first} />
      </section>
      {changes.map((group) => (
        <ChangeLines key={group[0]?.number} group={group} />
      ))}
      {answer.mayCorrect ? <SaleActs answer={answer} /> : null}
    </Stack>
  );
}

function Lines({ lines }: { lines: readonly SaleLine[] }): ReactNode {
  const t = useWords();
  if (lines.length === 0) return <p className={classes['help']}>{t('money.sale.no-amounts')}</p>;
  return (
    <ul className={classes['lines']}>
      {lines.map((line) => (
        <AmountLine key={line.number} line={line} of={line.name ?? line.person} />
      ))}
    </ul>
  );
}

function ChangeLines({ group }: { group: readonly SaleLine[] }): ReactNode {
  const t = useWords();
  const [first] = group;
  if (first?.why == null) return null;
  return (
    <section className={classes['part']}>
      <h3>
        {changeText(t, first.why)} · <When at={first.at} as="moment" />
      </h3>
      <Lines lines={group} />
    </section>
  );
}

type Doing = 'correction' | 'credit' | 'cancellation';
const ACTS: readonly (readonly [Doing, WordId])[] = [
  ['correction', 'money.act.correct'],
  ['credit', 'money.act.credit'],
  ['cancellation', 'money.act.cancel'],
];

/** Corrects, credits to another or cancels; what follows is shown as differences, and nothing is rewritten. */
function SaleActs({ answer }: { answer: SaleAnswer }): ReactNode {
  const t = useWords();
  const [doing, setDoing] = useState<Doing | null>(null);
  return (
    <section className={classes['part']}>
      <Group gap="xs">
        {ACTS.map(([act, word]) => (
          <Button
            key={act}
            size="compact-sm"
            variant={doing === act ? 'light' : 'default'}
            aria-pressed={doing === act}
            onClick={() => setDoing(doing === act ? null : act)}
          >
            {t(word)}
          </Button>
        ))}
      </Group>
      {doing === null ? null : (
        <SaleForm key={doing} answer={answer} doing={doing} close={() => setDoing(null)} />
      )}
    </section>
  );
}

function SaleForm({
  answer,
  doing,
  close,
}: {
  answer: SaleAnswer;
  doing: Doing;
  close: () => void;
}): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const { sale, others } = answer;
  const [reasons, setReasons] = useState('');
  const [to, setTo] = useState('');
  const [amounts, setAmounts] = useState({
    price: sale.price ?? '',
    advisorCommission: sale.advisorCommission ?? '',
    managerCommission: sale.managerCommission ?? '',
  });
  const acting = useMutation({
    mutationFn: () => {
      const told = Object.fromEntries(
        Object.entries(amounts).map(([name, value]) => [
          name,
          value.trim() === '' ? null : value.replaceAll(',', ''),
        ]),
      );
      const body =
        doing === 'credit' ? { to, reasons } : doing === 'correction' ? { ...told, reasons } : { reasons };
      return ask(`/api/money/sales/${encodeURIComponent(sale.id)}/${doing}`, doneSchema, {
        method: 'POST',
        body,
      });
    },
    onSuccess: async () => {
      showDone(t('money.act.done'));
      await Promise.all(['money', 'leads'].map((topic) => client.invalidateQueries({ queryKey: [topic] })));
      close();
    },
  });
  const entry = (name: keyof typeof amounts, label: string): ReactNode => (
    <Field
      label={label}
      inputMode="decimal"
      value={amounts[name]}
      onChange={(event) => setAmounts({ ...amounts, [name]: event.currentTarget.value })}
      error={faultOf(acting.error, name)}
    />
  );
  return (
    <form
      className={classes['form']}
      onSubmit={(event) => {
        event.preventDefault();
        acting.mutate();
      }}
    >
      {doing === 'correction' ? (
        <>
          {entry('price', t('money.sale.price'))}
          {entry('advisorCommission', t('money.sale.advisor-commission'))}
          {entry('managerCommission', t('money.sale.manager-commission'))}
        </>
      ) : null}
      {doing === 'credit' ? (
        <ChoiceField
          label={t('money.act.credit-to')}
          value={to}
          onChange={(event) => setTo(event.currentTarget.value)}
          data={[{ value: '', label: '—' }, ...others.map(({ id, name }) => ({ value: id, label: name }))]}
        />
      ) : null}
      <LongField
        label={t('money.act.reasons')}
        description={t('money.act.reasons-help')}
        value={reasons}
        onChange={(event) => setReasons(event.currentTarget.value)}
        required
      />
      <FormFault error={acting.error} />
      <Group gap="xs">
        <Button
          type="submit"
          loading={acting.isPending}
          disabled={reasons.trim() === '' || (doing === 'credit' && to === '')}
        >
          {t(ACTS.find(([act]) => act === doing)?.[1] ?? 'money.act.correct')}
        </Button>
        <Button variant="subtle" onClick={close}>
          {t('money.act.leave')}
        </Button>
      </Group>
    </form>
  );
}
