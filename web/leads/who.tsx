import { ActionIcon, CopyButton } from '@mantine/core';
import { IconCheck, IconCopy } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { z } from 'zod';
import { Phone, When } from '../kit/index.ts';
import { isWord, useWords } from '../words.ts';
import classes from './lead-view.module.css';
import type { OneLead } from './data.ts';
import { Edits } from './edits.tsx';
import { useSourceName } from './source-names.ts';

const consentShape = z.looseObject({ at: z.string().optional(), text: z.string().optional() }).nullish();
const fieldsShape = z.record(z.string(), z.unknown()).catch({});

/** Who the lead is: as known now from every source, and as it was received. */
export function Who({ one }: { one: OneLead }): ReactNode {
  const t = useWords();
  const source = useSourceName();
  const { lead, person, received } = one;
  const names = [...new Set(person?.names.map(({ value }) => value) ?? [])].filter(
    (name) => name !== lead.name,
  );
  const phones = person?.phones.map(({ value }) => value) ?? [];
  const emails = person?.emails.map(({ raw }) => raw) ?? [];
  return (
    <section className={classes['who']} aria-label={t('leads.page.who')}>
      {names.length > 0 ? (
        <p className={classes['soft']}>{t('leads.page.also', { names: names.join(', ') })}</p>
      ) : null}
      {person?.erasedAt ? <p className={classes['soft']}>{t('leads.page.erased')}</p> : null}
      <dl className={classes['facts']}>
        {[...new Set(phones)].map((phone) => (
          <Fact key={phone} label={t('leads.page.phone')}>
            <Phone number={phone} />
            <Copy value={phone} />
          </Fact>
        ))}
        {person === null && lead.phone !== null ? (
          <Fact label={t('leads.page.phone')}>{lead.phone}</Fact>
        ) : null}
        {[...new Set(emails)].map((email) => (
          <Fact key={email} label={t('leads.page.email')}>
            {/* No link to write by while nobody may contact the person (lead-reassignment L4). */}
            {one.acts.call?.refused === 'frozen' ? email : <a href={`mailto:${email}`}>{email}</a>}
            <Copy value={email} />
          </Fact>
        ))}
        <Fact label={t('leads.page.source')}>{source(lead.source)}</Fact>
        {lead.origin === lead.source ? null : (
          <Fact label={t('leads.page.origin')}>{source(lead.origin)}</Fact>
        )}
        <Fact label={t('leads.page.grade')}>{lead.grade ?? t('leads.page.no-grade')}</Fact>
        <Fact label={t('leads.page.holder')}>{lead.holderName ?? t('leads.list.nobody')}</Fact>
        {lead.zone === null ? null : <Fact label={t('leads.page.zone')}>{lead.zone}</Fact>}
      </dl>
      <Edits key={lead.id} lead={lead} />
      {received?.message ? (
        <div>
          <h3>{t('leads.page.message')}</h3>
          <p className={classes['said']}>{received.message}</p>
        </div>
      ) : null}
      {received === null ? (
        <p className={classes['soft']}>{t('leads.page.masked')}</p>
      ) : (
        <Received received={received} />
      )}
    </section>
  );
}

function Received({ received }: { received: NonNullable<OneLead['received']> }): ReactNode {
  const t = useWords();
  const consent = consentShape.safeParse(received.consent).data ?? null;
  const fields = Object.entries(fieldsShape.parse(received.fields));
  return (
    <>
      <div>
        <h3>{t('leads.page.consent')}</h3>
        {consent === null ? (
          <p className={classes['soft']}>{t('leads.page.consent-none')}</p>
        ) : (
          <p className={classes['said']}>
            {consent.text}{' '}
            {consent.at === undefined ? null : (
              <span className={classes['soft']}>
                <When at={consent.at as never} as="moment" />
              </span>
            )}
          </p>
        )}
      </div>
      <details className={classes['received']}>
        <summary>{t('leads.page.as-received')}</summary>
        <dl className={classes['facts']}>
          {received.name === null ? null : <Fact label={t('leads.reg.name')}>{received.name}</Fact>}
          {received.phones.map((phone) => (
            <Fact key={phone} label={t('leads.page.phone')}>
              {phone}
            </Fact>
          ))}
          {received.emails.map((email) => (
            <Fact key={email} label={t('leads.page.email')}>
              {email}
            </Fact>
          ))}
          {fields.map(([name, value]) => (
            <Fact key={name} label={fieldName(name, t)}>
              {typeof value === 'string' || typeof value === 'number' ? String(value) : JSON.stringify(value)}
            </Fact>
          ))}
        </dl>
      </details>
    </>
  );
}

/** A source's own name for its field; ours where we have one. */
function fieldName(name: string, t: ReturnType<typeof useWords>): string {
  const id = `leads.page.${name}`;
  return isWord(id) ? t(id) : name;
}

function Fact({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    <div className={classes['fact']}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Copy({ value }: { value: string }): ReactNode {
  const t = useWords();
  return (
    <CopyButton value={value}>
      {({ copied, copy }) => (
        <ActionIcon
          size="sm"
          onClick={copy}
          aria-label={copied ? t('leads.call.copied') : t('leads.page.copy', { value })}
        >
          {copied ? <IconCheck size={15} /> : <IconCopy size={15} />}
        </ActionIcon>
      )}
    </CopyButton>
  );
}
