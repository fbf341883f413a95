/** The middle of a lead: its story, or the conversation with the person. */
import { SegmentedControl } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useKeys } from '../kit/index.ts';
import { useWords } from '../words.ts';
import { Conversation } from './conversation.tsx';
import classes from './conversation.module.css';
import { conversationQuery } from './conversation-data.ts';
import { Story } from './story.tsx';

type Shown = 'story' | 'talk';

export function Middle({ lead }: { lead: string }): ReactNode {
  const t = useWords();
  const { data } = useQuery(conversationQuery(lead));
  const unread = data?.unread ?? 0;
  const [chosen, setChosen] = useState<Shown>();
  // Somebody waits for an answer: that comes first, until another is chosen.
  const [first] = useState<{ lead: string }>({ lead });
  const shown = chosen ?? (unread > 0 && first.lead === lead ? 'talk' : 'story');
  useKeys([
    { keys: 'w', label: t('leads.talk.title'), run: () => setChosen('talk') },
    { keys: 'h', label: t('leads.page.story'), run: () => setChosen('story') },
  ]);
  return (
    <>
      <div className={classes['head']}>
        <SegmentedControl
          size="xs"
          aria-label={t('leads.talk.view')}
          value={shown}
          onChange={(value) => setChosen(value === 'talk' ? 'talk' : 'story')}
          data={[
            { value: 'story', label: t('leads.page.story') },
            {
              value: 'talk',
              label: (
                <span>
                  {t('leads.talk.title')}
                  {unread > 0 ? <span className={classes['unread']}>{unread}</span> : null}
                </span>
              ),
            },
          ]}
        />
      </div>
      {shown === 'story' ? <Story lead={lead} /> : <Conversation lead={lead} />}
    </>
  );
}
