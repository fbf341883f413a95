import { Button, CopyButton, Modal } from '@mantine/core';
import { IconCopy, IconPhone } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { instant } from '../../src/platform/time.ts';
import { asApiError } from '../api.ts';
import { Phone } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { useWords } from '../words.ts';
import classes from './acts.module.css';
import { nameOf, type ActLead } from './acts.tsx';
import type { Called } from './data.ts';
import { Clauses } from './reasons.tsx';

export interface CallAnswerProps {
  lead: ActLead;
  called?: Called;
  error?: unknown;
  close: () => void;
}

/** Whatever of a call cannot be done by the product alone: why not, or how to make it through the PBX. */
export function CallAnswer({ lead, called, error, close }: CallAnswerProps): ReactNode {
  const t = useWords();
  const name = nameOf(lead);
  const title =
    error === undefined ? t('leads.call.title', { name }) : t('leads.call.refused-title', { name });
  return (
    <Modal opened onClose={close} title={title} closeButtonProps={{ 'aria-label': t('kit.close') }}>
      <div className={classes['form']}>
        {error === undefined ? null : <Refused error={error} />}
        {called === undefined ? null : <How called={called} name={name} />}
        <div className={classes['buttons']}>
          <Button variant="light" onClick={close} data-autofocus>
            {t('leads.call.done')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}

const behind = z.object({
  because: z.array(z.string()).catch([]),
  until: z.string().optional().catch(undefined),
});

function Refused({ error }: { error: unknown }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(30);
  const fault = asApiError(error);
  const { because, until } = behind.parse(fault.detail);
  return (
    <>
      <p>{fault.message}</p>
      {until === undefined ? null : (
        <p>{t('leads.call.until', { when: figures.moment(instant(until), now) })}</p>
      )}
      <Clauses refs={because} />
    </>
  );
}

function How({ called, name }: { called: Called; name: string }): ReactNode {
  const t = useWords();
  switch (called.way) {
    case 'tel':
      return (
        <>
          <p className={classes['help']}>{t('leads.call.tel', { name })}</p>
          <Button
            component="a"
            href={called.href}
            size="lg"
            leftSection={<IconPhone size={20} aria-hidden />}
          >
            {t('leads.call.tel-again')}
          </Button>
        </>
      );
    case 'extension':
      return (
        <>
          <div>
            {called.extension === null
              ? t('leads.call.extension-none')
              : t('leads.call.extension', { extension: called.extension })}
          </div>
          <Number number={called.number} />
          <p className={classes['help']}>{t('leads.call.extension-help')}</p>
        </>
      );
    case 'none':
      return <p className={classes['help']}>{t('leads.call.none')}</p>;
    case 'pbx':
      return (
        <>
          <strong>
            {t(called.state === 'unknown' ? 'leads.call.dial-unknown' : 'leads.call.dial-failed')}
          </strong>
          {called.remedy === null ? null : <p className={classes['help']}>{called.remedy}</p>}
          {called.number === undefined ? null : <Number number={called.number} />}
        </>
      );
    default:
      return called satisfies never;
  }
}

function Number({ number }: { number: string }): ReactNode {
  const t = useWords();
  return (
    <>
      <p className={classes['number']}>
        <Phone number={number} />
      </p>
      <CopyButton value={number}>
        {({ copied, copy }) => (
          <Button variant="light" onClick={copy} leftSection={<IconCopy size={17} aria-hidden />}>
            {copied ? t('leads.call.copied') : t('leads.call.copy')}
          </Button>
        )}
      </CopyButton>
    </>
  );
}
