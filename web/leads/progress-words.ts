import {
  IconCalendarCheck,
  IconCircleCheck,
  IconCircleX,
  IconEgg,
  IconFlag,
  IconMessages,
  IconPhoneCheck,
  IconPhoneOff,
  IconSparkles,
  IconTag,
  type Icon,
} from '@tabler/icons-react';
import type { LeadStatus } from '../../src/follow-up/statuses.ts';
import type { Tone } from '../kit/index.ts';

/** Where a lead stands, as a mark: color, icon; its word is `follow.status.…`. */
export const STATUS_MARKS: Readonly<Record<LeadStatus, { readonly tone: Tone; readonly icon: Icon }>> = {
  new: { tone: 'soon', icon: IconSparkles },
  contacted: { tone: 'busy', icon: IconPhoneCheck },
  'in-follow-up': { tone: 'busy', icon: IconMessages },
  appointment: { tone: 'accent', icon: IconCalendarCheck },
  opportunity: { tone: 'accent', icon: IconFlag },
  reservation: { tone: 'good', icon: IconTag },
  closed: { tone: 'good', icon: IconCircleCheck },
  lost: { tone: 'quiet', icon: IconCircleX },
  incubator: { tone: 'quiet', icon: IconEgg },
  refused: { tone: 'quiet', icon: IconPhoneOff },
};
