/** Writing to the person: own words while WhatsApp lets one, else a template; by e-mail always own words. */
import { Button, SegmentedControl, UnstyledButton } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { IconSend } from '@tabler/icons-react';
import { useState, type ReactNode, type SubmitEvent } from 'react';
import { Field, FormFault, LongField, offerUndo, showFault, When } from '../kit/index.ts';
import { say, useWords } from '../words.ts';
import classes from './conversation.module.css';
import { takeBack, writeTo, type Conversation, type WriteRefusal } from './conversation-data.ts';
import { WhyNot } from './reasons.tsx';
import { reasonText } from './words-of.ts';

type Way = 'whatsapp' | 'email';

export function Composer({ lead, talk }: { lead: string; talk: Conversation }): ReactNode {
  const t = useWords();
  const client = useQueryClient();
  const ways = (['whatsapp', 'email'] as const).filter((each) => talk.ways[each]);
  const lastIn = talk.messages.findLast(({ direction }) => direction === 'in');
  const usual = lastIn?.channel === 'email' && talk.ways.email ? 'email' : ways[0];
  const [chosen, setChosen] = useState<Way>();
  const way = chosen ?? usual;
  const [text, setText] = useState('');
  const [template, setTemplate] = useState<string>();
  const [subject, setSubject] = useState<string>();
  const lastSubject = talk.messages.findLast(
    (each) => each.channel === 'email' && each.subject !== null,
  )?.subject;
  const title = subject ?? (lastSubject == null ? '' : withRe(lastSubject));
  const free = way === 'email' || talk.window.form === 'free-text';
  const refresh = (): void => void client.invalidateQueries({ queryKey: ['leads'] });
  const send = useMutation({
    mutationFn: (message: string) =>
      writeTo(lead, {
        message,
        channel: way ?? 'whatsapp',
        text: free ? text.trim() : null,
        template: free ? null : (template ?? null),
        ...(way === 'email' ? { subject: title.trim() } : {}),
      }),
    onSuccess: (_answer, message) => {
      const wrote = text;
      setText('');
      setTemplate(undefined);
      refresh();
      offerUndo({
        text: say('leads.talk.sent'),
        undo: () => {
          // What was written comes back to the box: taken back is not thrown away.
          takeBack(lead, message).then(() => (setText(wrote), refresh()), showFault);
        },
        done: refresh,
      });
    },
  });
  if (way === undefined) return <p className={classes['none']}>{t('leads.talk.no-way')}</p>;
  const ready = free
    ? text.trim() !== '' && (way !== 'email' || title.trim() !== '')
    : template !== undefined;
  const submit = (event?: SubmitEvent): void => {
    event?.preventDefault();
    if (ready && !send.isPending) send.mutate(crypto.randomUUID());
  };
  const no = talk.write[way];
  return (
    <form
      className={classes['composer']}
      onSubmit={submit}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit();
      }}
    >
      <div className={classes['ways']}>
        <SegmentedControl
          size="xs"
          aria-label={t('leads.talk.way')}
          value={way}
          onChange={(value) => setChosen(value === 'email' ? 'email' : 'whatsapp')}
          data={ways.map((value) => ({ value, label: t(`leads.talk.way.${value}`) }))}
        />
        <span className={classes['window']}>
          {way === 'email' ? null : talk.window.form === 'free-text' ? (
            <>
              {t('leads.talk.free-until')} <When at={talk.window.until} as="moment" />
            </>
          ) : (
            t('leads.talk.template-only')
          )}
        </span>
      </div>
      {no === null ? (
        <>
          {way === 'email' ? (
            <Field
              aria-label={t('leads.talk.subject')}
              placeholder={t('leads.talk.subject')}
              value={title}
              maxLength={200}
              onChange={(event) => setSubject(event.currentTarget.value)}
            />
          ) : null}
          {free ? (
            <LongField
              aria-label={t('leads.talk.write')}
              placeholder={t('leads.talk.write')}
              value={text}
              maxLength={4_000}
              onChange={(event) => setText(event.currentTarget.value)}
            />
          ) : (
            <Templates templates={talk.templates} chosen={template} choose={setTemplate} />
          )}
          <FormFault error={send.error} />
          <div className={classes['send']}>
            <Button
              type="submit"
              size="sm"
              loading={send.isPending}
              disabled={!ready}
              leftSection={<IconSend size={16} aria-hidden />}
            >
              {t('leads.talk.send')}
            </Button>
          </div>
        </>
      ) : (
        <Refused no={no} />
      )}
    </form>
  );
}

function withRe(subject: string): string {
  return /^re:/i.test(subject) ? subject : `Re: ${subject}`;
}

function Refused({ no }: { no: NonNullable<WriteRefusal> }): ReactNode {
  const t = useWords();
  const sentence = t('leads.why.fact-refused', { why: reasonText(t, no.refused) });
  return (
    <div className={classes['no']}>
      <span>{sentence}</span>
      <WhyNot label={t('leads.act.why-not')} sentence={sentence} refs={no.because} />
    </div>
  );
}

/** The approved texts as the person will read them. */
function Templates({
  templates,
  chosen,
  choose,
}: {
  templates: Conversation['templates'];
  chosen: string | undefined;
  choose: (template: string) => void;
}): ReactNode {
  const t = useWords();
  return (
    <div className={classes['templates']} role="radiogroup" aria-label={t('leads.talk.templates')}>
      {templates.map(({ template, text }) => (
        <UnstyledButton
          key={template}
          role="radio"
          aria-checked={chosen === template}
          className={classes['choice']}
          onClick={() => choose(template)}
        >
          {text}
        </UnstyledButton>
      ))}
    </div>
  );
}
