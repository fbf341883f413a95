/** One request: what was read of it, to be set right, beside the mails it was read from. */
import { useQuery } from '@tanstack/react-query';
import { IconFile, IconPhotoOff } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { pictureFaults, type PictureFault } from '../../src/platform/picture-limits.ts';
import { ErrorState, RowsShape, SidePanel, When } from '../kit/index.ts';
import { useWords, type Say } from '../words.ts';
import { draftQuery, fileHref, type MailFile, type OneDraft, type ShownMail } from './data.ts';
import { DraftForm } from './draft-form.tsx';
import { Missing, State } from './mailbox.tsx';
import classes from './mailbox.module.css';

export function DraftPanel({ id, close }: { id: string; close: () => void }): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(draftQuery(id));
  const title = data?.words.subject ?? t('mailbox.request');
  return (
    <SidePanel title={title} label={title} close={close}>
      {data === undefined ? (
        error === null ? (
          <RowsShape rows={6} />
        ) : (
          <ErrorState error={error} retry={() => void refetch()} />
        )
      ) : (
        <Known one={data} />
      )}
    </SidePanel>
  );
}

function Known({ one }: { one: OneDraft }): ReactNode {
  const t = useWords();
  const { draft, words, mails, files, people } = one;
  return (
    <div className={classes['draft']}>
      <div className={classes['head']}>
        <State row={draft} />
        <span className={classes['soft']}>
          {people[draft.requester] ?? draft.requester} · <When at={draft.openedAt} as="moment" />
        </span>
      </div>
      {draft.state === 'open' ? <Standing one={one} t={t} /> : null}
      {words.reason === null ? null : (
        <p className={classes['soft']}>{t('mailbox.refused-because', { reason: words.reason })}</p>
      )}
      <DraftForm key={`${draft.id} ${draft.updatedAt}`} one={one} />
      <section aria-label={t('mailbox.mails')}>
        <h3>{t('mailbox.mails')}</h3>
        {mails.map((mail) => (
          <Mail key={mail.id} mail={mail}>
            {files
              .filter((file) => file.mail === mail.id)
              .map((file) => (
                <Attached key={file.id} file={file} draft={draft.id} t={t} />
              ))}
          </Mail>
        ))}
      </section>
    </div>
  );
}

/** Why it waits, and for whom. */
function Standing({ one, t }: { one: OneDraft; t: Say }): ReactNode {
  const { draft } = one;
  if (draft.why !== null)
    return <p className={classes['warn']}>{t('mailbox.stopped-help', { why: draft.why })}</p>;
  if (draft.held !== null) return <p className={classes['warn']}>{t(`mailbox.held.${draft.held}`)}</p>;
  return (
    <p className={classes['soft']}>
      {t('mailbox.asked', { count: String(draft.asked) })} <Missing missing={draft.missing} />
    </p>
  );
}

/** As text, whatever it was: nothing that a stranger sent runs or loads here. */
export function Mail({ mail, children }: { mail: ShownMail; children?: ReactNode }): ReactNode {
  const t = useWords();
  return (
    <article className={classes['mail']}>
      <header>
        <strong>{mail.from ?? t('mailbox.no-sender')}</strong>
        <When at={mail.receivedAt} as="moment" />
      </header>
      {mail.subject === null || mail.subject === '' ? null : (
        <p className={classes['subject']}>{mail.subject}</p>
      )}
      {mail.fault === null ? null : <p className={classes['warn']}>{faultText(t, mail.fault)}</p>}
      {mail.text === null ? null : <p className={classes['text']}>{mail.text}</p>}
      {children}
    </article>
  );
}

function faultText(t: Say, fault: string): string {
  switch (fault) {
    case 'too-large':
    case 'empty':
    case 'not-readable':
    case 'not-settled':
      return t(`mailbox.fault.${fault}`);
    default:
      return fault;
  }
}

function Attached({ file, draft, t }: { file: MailFile; draft: string; t: Say }): ReactNode {
  const href = fileHref(draft, file.id);
  const name = file.name ?? t('mailbox.file');
  const proof = `sha-256 ${file.sha256}`;
  if (file.damage !== null)
    return (
      <p className={classes['warn']}>
        <IconPhotoOff size={16} aria-hidden /> {name}: {t(`mailbox.damage.${damageOf(file.damage)}`)}
      </p>
    );
  if (file.picture === null || file.picture === 'heic')
    return (
      <a className={classes['file']} href={href} title={proof}>
        <IconFile size={16} aria-hidden /> {name}
      </a>
    );
  return (
    <figure className={classes['picture']}>
      <a href={href} target="_blank" rel="noreferrer" title={proof}>
        <img src={href} alt={name} loading="lazy" />
      </a>
      <figcaption>
        {name} ·{' '}
        {file.takenAt === null
          ? t('mailbox.no-exif')
          : t('mailbox.exif', { at: file.takenAt.replace('T', ' ') })}
      </figcaption>
    </figure>
  );
}

function damageOf(damage: string): PictureFault {
  return pictureFaults.find((each) => each === damage) ?? 'not-a-picture';
}
