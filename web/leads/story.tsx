import {
  IconAlarm,
  IconArrowBackUp,
  IconArrowsExchange,
  IconBell,
  IconCalendarEvent,
  IconCircleCheck,
  IconCircleDashed,
  IconClockPause,
  IconCopy,
  IconFlag,
  IconInbox,
  IconMessage,
  IconNote,
  IconPencil,
  IconPhone,
  IconPhoneCall,
  IconPhoneIncoming,
  IconPhoneOff,
  IconShieldCheck,
  IconShieldX,
  IconStar,
  IconStarOff,
  IconUserPlus,
  IconUserQuestion,
  IconUserCheck,
  type Icon,
} from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { ErrorState, RowsShape, Timeline, type Tone } from '../kit/index.ts';
import { useServerNow } from '../server-clock.ts';
import { useFigures } from '../session.ts';
import { isWord, useLanguage, useWords } from '../words.ts';
import classes from './lead-view.module.css';
import { timelineQuery, type Item } from './data.ts';
import { ItemWhy } from './reasons.tsx';
import { useSourceName } from './source-names.ts';
import { lengthText, valuesOf, type Saying } from './words-of.ts';

const LOOKS: Partial<Record<Item['said'], readonly [Icon, Tone]>> = {
  received: [IconInbox, 'accent'],
  registered: [IconUserPlus, 'accent'],
  imported: [IconInbox, 'quiet'],
  'new-person': [IconUserPlus, 'quiet'],
  recognized: [IconUserCheck, 'quiet'],
  doubt: [IconUserQuestion, 'soon'],
  duplicate: [IconCopy, 'busy'],
  refused: [IconShieldX, 'late'],
  held: [IconClockPause, 'quiet'],
  'held-missed': [IconClockPause, 'late'],
  'held-paced': [IconClockPause, 'quiet'],
  waiting: [IconUserQuestion, 'late'],
  'assigned-turn': [IconUserCheck, 'accent'],
  'assigned-referral': [IconUserCheck, 'accent'],
  'assigned-own': [IconUserCheck, 'accent'],
  'assigned-administrator': [IconUserCheck, 'accent'],
  'reassigned-best': [IconArrowsExchange, 'accent'],
  'reassigned-hand-over': [IconArrowsExchange, 'accent'],
  'reassigned-passed': [IconArrowsExchange, 'accent'],
  'reassigned-administrator': [IconArrowsExchange, 'accent'],
  reversed: [IconArrowBackUp, 'good'],
  notified: [IconBell, 'quiet'],
  'notified-late': [IconBell, 'soon'],
  told: [IconBell, 'quiet'],
  contacted: [IconCircleCheck, 'good'],
  'contacted-late': [IconCircleCheck, 'soon'],
  missed: [IconAlarm, 'late'],
  'audit-listed': [IconFlag, 'late'],
  'clock-waits': [IconPhoneCall, 'busy'],
  'call-out': [IconPhone, 'good'],
  'call-out-unanswered': [IconPhoneOff, 'quiet'],
  'call-in': [IconPhoneIncoming, 'good'],
  'call-in-unanswered': [IconPhoneOff, 'quiet'],
  'call-now': [IconPhoneCall, 'busy'],
  dialing: [IconPhone, 'quiet'],
  'dial-failed': [IconPhoneOff, 'late'],
  'dial-unknown': [IconPhone, 'soon'],
  note: [IconNote, 'quiet'],
  edited: [IconPencil, 'quiet'],
  graded: [IconStar, 'wrap'],
  passed: [IconArrowsExchange, 'quiet'],
  placed: [IconArrowsExchange, 'quiet'],
  allowed: [IconShieldCheck, 'quiet'],
  'contact-refused': [IconShieldX, 'late'],
  'fact-refused': [IconShieldX, 'late'],
  'message-out': [IconMessage, 'quiet'],
  'message-in': [IconMessage, 'accent'],
  sold: [IconStar, 'good'],
  'sale-canceled': [IconStarOff, 'late'],
  'sale-credited': [IconArrowsExchange, 'accent'],
  'handed-back': [IconArrowBackUp, 'good'],
  step: [IconFlag, 'accent'],
  'step-dated': [IconCalendarEvent, 'accent'],
};

/** One timeline of everything, newest first, with «¿Por qué?» beside each decision. */
export function Story({ lead }: { lead: string }): ReactNode {
  const t = useWords();
  const figures = useFigures();
  const now = useServerNow(60);
  const source = useSourceName();
  const { data, error, refetch } = useQuery(timelineQuery(lead, useLanguage()));
  if (data === undefined)
    return error ? <ErrorState error={error} retry={() => void refetch()} /> : <RowsShape rows={6} />;
  const saying: Saying = { t, figures, now, source, name: (person) => data.people[person] ?? person };
  return (
    <Timeline
      label={t('leads.page.story')}
      entries={data.items.map((item) => {
        const [icon, tone] = LOOKS[item.said] ?? [IconCircleDashed, 'quiet' as const];
        const by = besides(item, saying);
        return {
          id: String(item.id),
          at: item.at,
          icon,
          tone,
          title: t(`leads.said.${item.said}`, valuesOf(item, saying)),
          ...(by === null ? {} : { by }),
          children: (
            <>
              {item.text === null || item.text === '' ? null : <p className={classes['said']}>{item.text}</p>}
              <ItemWhy item={item} clauses={data.clauses} saying={saying} />
            </>
          ),
        };
      })}
    />
  );
}

/** What stands small under an item: how long after the assignment, what a notice was about and how far it came. */
function besides({ said, values }: Item, { t }: Saying): string | null {
  if ((said === 'contacted' || said === 'contacted-late') && typeof values['seconds'] === 'number')
    return t('leads.said.after', { time: lengthText(values['seconds']) });
  if (said !== 'told') return null;
  const about = `leads.told.${String(values['about'])}`;
  const state = `leads.told.state.${String(values['state'])}`;
  return [about, state].flatMap((id) => (isWord(id) ? [t(id)] : [])).join(' · ');
}
