/** The conversation with the person behind a lead: every channel in one thread, oldest above, and writing below it. */
import { Button } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { IconMessages } from '@tabler/icons-react';
import { useEffect, useState, type ReactNode } from 'react';
import { EmptyState, ErrorState, RowsShape, showFault } from '../kit/index.ts';
import { useMay } from '../session.ts';
import { useWords } from '../words.ts';
import { Bubble } from './bubble.tsx';
import classes from './conversation.module.css';
import { conversationQuery, markRead, olderMessages, type Message } from './conversation-data.ts';
import { Composer } from './composer.tsx';

export function Conversation({ lead }: { lead: string }): ReactNode {
  const t = useWords();
  const { data, error, refetch } = useQuery(conversationQuery(lead));
  const [older, setOlder] = useState<readonly Message[]>([]);
  const [noMore, setNoMore] = useState(false);
  const mayWrite = useMay('leads.write');
  const client = useQueryClient();
  const unread = data?.unread ?? 0;
  useEffect(() => {
    if (mayWrite && unread > 0)
      void markRead(lead).then(
        () => client.invalidateQueries({ queryKey: ['leads'] }),
        () => undefined,
      );
  }, [lead, mayWrite, unread, client]);
  if (data === undefined)
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <RowsShape rows={5} />;
  const messages = [...older, ...data.messages];
  const first = messages[0];
  const above = (): void => {
    if (first === undefined) return;
    olderMessages(lead, first.at).then((page) => {
      setOlder([...page.messages, ...older]);
      setNoMore(!page.more);
      return undefined;
    }, showFault);
  };
  return (
    <div className={classes['conversation']}>
      {messages.length === 0 ? (
        <EmptyState icon={IconMessages} title={t('leads.talk.empty')}>
          {t('leads.talk.empty-help')}
        </EmptyState>
      ) : (
        <div className={classes['thread']} role="log" aria-label={t('leads.talk.title')} tabIndex={0}>
          {data.more && !noMore ? (
            <Button variant="subtle" size="compact-sm" onClick={above}>
              {t('leads.talk.older')}
            </Button>
          ) : null}
          {messages.map((message) => (
            <Bubble
              key={message.id}
              message={message}
              lead={lead}
              people={data.people}
              quoted={messages.find(({ id }) => id === message.repliesTo)}
            />
          ))}
          <End key={data.messages.at(-1)?.id} />
        </div>
      )}
      {mayWrite ? <Composer lead={lead} talk={data} /> : null}
    </div>
  );
}

/** Drawn anew for each newest message, it brings it into sight. */
function End(): ReactNode {
  return <div ref={(element) => element?.scrollIntoView({ block: 'nearest' })} />;
}
