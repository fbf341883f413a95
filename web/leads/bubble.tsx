/** One message: who, when, by which channel, its words and files, and how far it came. */
import {
  IconAlertTriangle,
  IconBrandWhatsapp,
  IconCheck,
  IconChecks,
  IconClock,
  IconFile,
  IconHelpCircle,
  IconMail,
  type Icon,
} from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { When } from '../kit/index.ts';
import { isWord, useWords, type Say } from '../words.ts';
import classes from './conversation.module.css';
import { mediaHref, type Media, type Message } from './conversation-data.ts';
import { channelText, reasonText } from './words-of.ts';

const HOW_FAR: Readonly<Record<string, Icon>> = {
  queued: IconClock,
  accepted: IconCheck,
  delivered: IconChecks,
  read: IconChecks,
  unknown: IconHelpCircle,
  refused: IconAlertTriangle,
  failed: IconAlertTriangle,
  canceled: IconAlertTriangle,
};

export function Bubble({
  message,
  lead,
  people,
  quoted,
}: {
  message: Message;
  lead: string;
  people: Readonly<Record<string, string>>;
  quoted: Message | undefined;
}): ReactNode {
  const t = useWords();
  const { direction, channel, author, at, words, subject, form, state, media } = message;
  const Mark = channel === 'email' ? IconMail : IconBrandWhatsapp;
  const by =
    direction === 'in' ? null : author === null ? t('leads.talk.product') : (people[author] ?? author);
  return (
    <article className={classes['message']} data-direction={direction} data-state={state ?? undefined}>
      <header>
        <Mark size={14} aria-label={channelText(t, channel)} />
        {by === null ? null : <span>{by}</span>}
        <When at={at} as="moment" />
        {form === 'template' ? <span>{t('leads.talk.template')}</span> : null}
      </header>
      {quoted?.words == null ? null : <blockquote>{quoted.words}</blockquote>}
      {subject === null || subject === '' ? null : <strong>{subject}</strong>}
      {words === null || words === '' ? null : <p>{words}</p>}
      {media.map((file) => (
        <File key={file.id} file={file} lead={lead} />
      ))}
      {state === null ? null : <HowFar message={message} t={t} />}
    </article>
  );
}

function HowFar({ message, t }: { message: Message; t: Say }): ReactNode {
  const { state, code, notBefore, at } = message;
  const Sign = HOW_FAR[state ?? ''] ?? IconClock;
  // What it once waited for is of no interest once it has gone.
  const gone = state === 'accepted' || state === 'delivered' || state === 'read';
  const why = code === null || gone ? null : codeText(t, code);
  // The first seconds are for thinking better of it; later than that, something makes it wait.
  const waits = state === 'queued' && notBefore !== null && Date.parse(notBefore) - Date.parse(at) > 6_000;
  return (
    <footer data-state={state}>
      <Sign size={14} aria-hidden />
      <span>{stateText(t, state ?? '')}</span>
      {waits ? (
        <>
          · <When at={notBefore} as="moment" />
        </>
      ) : null}
      {why === null ? null : <span>· {why}</span>}
    </footer>
  );
}

function stateText(t: Say, state: string): string {
  const id = `leads.talk.state.${state}`;
  return isWord(id) ? t(id) : state;
}

/** What a channel's code means for whoever wrote: never a bare number. */
function codeText(t: Say, code: string): string | null {
  const id = `leads.talk.code.${code}`;
  if (isWord(id)) return t(id);
  const reason = reasonText(t, code);
  return reason === code ? t('leads.talk.code.other', { code }) : reason;
}

function File({ file, lead }: { file: Media; lead: string }): ReactNode {
  const t = useWords();
  const name = file.name ?? t(file.voice ? 'leads.talk.voice' : 'leads.talk.file');
  if (file.state === 'wanted') return <p className={classes['file']}>{t('leads.talk.fetching', { name })}</p>;
  if (file.state === 'lost') return <p className={classes['file']}>{t('leads.talk.lost', { name })}</p>;
  const href = mediaHref(lead, file.id);
  const proof = file.sha256 === null ? undefined : `sha-256 ${file.sha256}`;
  if (file.mime?.startsWith('image/'))
    return (
      <a href={href} target="_blank" rel="noreferrer" title={proof}>
        <img src={href} alt={name} loading="lazy" />
      </a>
    );
  if (file.mime?.startsWith('audio/'))
    // oxlint-disable-next-line jsx-a11y/media-has-caption -- a voice note of the client: there is no text of it
    return <audio controls preload="none" src={href} aria-label={name} />;
  return (
    <a className={classes['file']} href={href} title={proof}>
      <IconFile size={16} aria-hidden /> {name}
    </a>
  );
}
