import { Button, Group } from '@mantine/core';
import { IconCoin, IconFileSpreadsheet, IconFileTypePdf } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { EmptyState, Money, Sparkline, When } from '../kit/index.ts';
import { useFigures } from '../session.ts';
import { useWords, type WordId } from '../words.ts';
import { statementFile, type Line, type Statement, type StatementSale, type Totals } from './answers.ts';
import classes from './money.module.css';
import { Reason } from './reason.tsx';
import { lineText, monthText, useCurrency } from './words-of.ts';

const TOTALS: readonly (readonly [keyof Totals, WordId])[] = [
  ['earned', 'money.total.earned'],
  ['received', 'money.total.received'],
  ['deducted', 'money.total.deducted'],
  ['lost', 'money.total.lost'],
  ['adjusted', 'money.total.adjusted'],
];

const isZero = (amount: string): boolean => /^-?0+\.0+$/.test(amount);

/** One person's month: what was earned, what came off and why, closing by closing; what is left, to the cent. */
export function StatementView({
  statement,
  openSale,
}: {
  statement: Statement;
  openSale?: (sale: string) => void;
}): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const currency = useCurrency();
  const { totals, sales, months, month, person } = statement;
  const shown = TOTALS.filter(([name]) => name === 'earned' || !isZero(totals[name]));
  return (
    <div className={classes['statement']}>
      <dl className={classes['totals']}>
        {shown.map(([name, word]) => (
          <div key={name}>
            <dt>{t(word)}</dt>
            <dd data-minus={totals[name].startsWith('-')}>
              <Money amount={totals[name]} currency={currency} />
            </dd>
          </div>
        ))}
        <div className={classes['net']}>
          <dt>{t('money.total.net')}</dt>
          <dd>
            <Money amount={totals.net} currency={currency} />
          </dd>
        </div>
      </dl>
      {months.length > 1 ? (
        <div className={classes['trend']}>
          <Sparkline
            values={months.map(({ net }) => Number(net))}
            label={t('money.trend', {
              values: months
                .map((each) => `${monthText(figures, each.month)}: ${figures.money(each.net, currency)}`)
                .join('; '),
            })}
          />
          <span>{t('money.trend-months', { count: months.length })}</span>
        </div>
      ) : null}
      {sales.length === 0 ? (
        <EmptyState icon={IconCoin} title={t('money.statement.empty', { month: monthText(figures, month) })}>
          {t('money.statement.empty-help')}
        </EmptyState>
      ) : (
        <ol className={classes['sales']}>
          {sales.map((sale) => (
            <SaleLines key={sale.sale} sale={sale} person={person.id} open={openSale} />
          ))}
        </ol>
      )}
      {sales.length === 0 ? null : (
        <Group gap="xs">
          <Button
            component="a"
            href={statementFile('pdf', person.id, month)}
            download
            size="compact-sm"
            variant="default"
            leftSection={<IconFileTypePdf size={16} aria-hidden />}
          >
            {t('money.download.pdf')}
          </Button>
          <Button
            component="a"
            href={statementFile('xlsx', person.id, month)}
            download
            size="compact-sm"
            variant="default"
            leftSection={<IconFileSpreadsheet size={16} aria-hidden />}
          >
            {t('money.download.xlsx')}
          </Button>
        </Group>
      )}
    </div>
  );
}

function SaleLines({
  sale,
  person,
  open,
}: {
  sale: StatementSale;
  person: string;
  open: ((sale: string) => void) | undefined;
}): ReactNode {
  const t = useWords();
  const currency = useCurrency();
  const name = sale.leadName ?? t('money.sale.of', { seller: sale.sellerName ?? sale.seller });
  return (
    <li className={classes['sale']}>
      <header>
        {open === undefined ? (
          <strong>{name}</strong>
        ) : (
          <button type="button" className={classes['drill']} onClick={() => open(sale.sale)}>
            {name}
          </button>
        )}
        <span className={classes['soft']}>
          {sale.canceled ? `${t('money.sale.canceled')} · ` : ''}
          {sale.seller === person || sale.leadName === null
            ? null
            : `${t('money.sale.by', { seller: sale.sellerName ?? sale.seller })} · `}
          <When at={sale.closedAt} as="date" />
        </span>
      </header>
      <ul className={classes['lines']}>
        {sale.lines.map((line) => (
          <AmountLine key={line.number} line={line} />
        ))}
        {sale.lines.length > 1 ? (
          <li className={classes['sum']}>
            <span>{t('money.sale.net')}</span>
            <span className={classes['amount']}>
              <Money amount={sale.net} currency={currency} />
            </span>
          </li>
        ) : null}
      </ul>
    </li>
  );
}

/** One amount, its clause a click away. `of`: whose it is, where there are several people's. */
export function AmountLine({ line, of }: { line: Line; of?: string | undefined }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const currency = useCurrency();
  const said = lineText(t, line);
  const minus = line.amount.startsWith('-');
  return (
    <li>
      <span className={classes['what']}>
        {of === undefined ? null : <span className={classes['of']}>{of}</span>}
        <span>{said}</span>
        {line.why === null ? null : (
          <span className={classes['soft']}>
            <When at={line.at} as="date" />
          </span>
        )}
        <Reason
          compact
          sentence={`${said}: ${figures.money(line.amount, currency)}`}
          because={line.because}
          facts={[{ at: line.at, text: said }]}
        />
      </span>
      <span className={classes['amount']} data-minus={minus}>
        <Money amount={line.amount} currency={currency} />
      </span>
    </li>
  );
}
