/** Which screens stand in the rail of each role: at most seven, the first is where the day begins. */
import {
  IconAdjustments,
  IconAlertCircle,
  IconBook2,
  IconBuilding,
  IconCalendarEvent,
  IconCalendarTime,
  IconChartBar,
  IconClipboardCheck,
  IconCoin,
  IconCopy,
  IconFileImport,
  IconGavel,
  IconFiles,
  IconHeartbeat,
  IconListCheck,
  IconMailOpened,
  IconNotebook,
  IconRepeat,
  IconReportAnalytics,
  IconScale,
  IconSignature,
  IconSunHigh,
  IconTargetArrow,
  IconUserCheck,
  IconUsers,
  IconUsersGroup,
  type Icon,
} from '@tabler/icons-react';
import type { Role } from '../session.ts';
import type { WordId } from '../words.ts';

interface Place {
  to: string;
  word: WordId;
  icon: Icon;
}

const place = {
  myDay: { to: '/my-day', word: 'shell.rail.my-day', icon: IconSunHigh },
  leads: { to: '/leads', word: 'shell.rail.leads', icon: IconTargetArrow },
  agenda: { to: '/agenda', word: 'shell.rail.agenda', icon: IconCalendarEvent },
  report: { to: '/report', word: 'shell.rail.report', icon: IconReportAnalytics },
  statement: { to: '/statement', word: 'shell.rail.statement', icon: IconCoin },
  claims: { to: '/claims', word: 'shell.rail.claims', icon: IconScale },
  cut: { to: '/cut', word: 'shell.rail.cut', icon: IconReportAnalytics },
  team: { to: '/team', word: 'shell.rail.team', icon: IconUsersGroup },
  roster: { to: '/roster', word: 'shell.rail.roster', icon: IconUserCheck },
  proposal: { to: '/roster/proposal', word: 'shell.rail.proposal', icon: IconClipboardCheck },
  shifts: { to: '/shifts', word: 'shell.rail.shifts', icon: IconCalendarTime },
  papers: { to: '/papers', word: 'shell.rail.papers', icon: IconFiles },
  signatures: { to: '/signatures', word: 'shell.rail.signatures', icon: IconSignature },
  reports: { to: '/reports', word: 'shell.rail.reports', icon: IconChartBar },
  money: { to: '/money', word: 'shell.rail.money', icon: IconCoin },
  now: { to: '/now', word: 'shell.rail.now', icon: IconAlertCircle },
  turn: { to: '/turn', word: 'shell.rail.turn', icon: IconRepeat },
  duplicates: { to: '/duplicates', word: 'shell.rail.duplicates', icon: IconCopy },
  audits: { to: '/audits', word: 'shell.rail.audits', icon: IconListCheck },
  sources: { to: '/sources', word: 'shell.rail.sources', icon: IconBuilding },
  import: { to: '/import', word: 'shell.rail.import', icon: IconFileImport },
  people: { to: '/people', word: 'shell.rail.people', icon: IconUsers },
  sanctions: { to: '/sanctions', word: 'shell.rail.sanctions', icon: IconGavel },
  cases: { to: '/cases', word: 'shell.rail.cases', icon: IconScale },
  mailbox: { to: '/mailbox', word: 'shell.rail.mailbox', icon: IconMailOpened },
  journal: { to: '/journal', word: 'shell.rail.journal', icon: IconNotebook },
  procedures: { to: '/procedures', word: 'shell.rail.procedures', icon: IconBook2 },
  state: { to: '/state', word: 'shell.rail.state', icon: IconHeartbeat },
  settings: { to: '/settings', word: 'shell.rail.settings', icon: IconAdjustments },
} satisfies Record<string, Place>;

const holder = [
  place.myDay,
  place.leads,
  place.agenda,
  place.report,
  place.statement,
  place.claims,
  place.shifts,
];
const line = [place.team, place.now, place.leads, place.roster, place.reports, place.money, place.claims];

const rails: Record<Role, readonly Place[]> = {
  advisor: holder,
  kam: holder,
  manager: line,
  director: line,
  direction: [
    place.team,
    place.now,
    place.leads,
    place.reports,
    place.money,
    place.journal,
    place.procedures,
  ],
  administrator: [
    place.now,
    place.turn,
    place.duplicates,
    place.audits,
    place.people,
    place.sources,
    place.settings,
  ],
  marketing: [place.sources, place.leads, place.import, place.procedures],
  control: [place.cases, place.mailbox, place.sanctions, place.leads, place.journal, place.procedures],
  support: [place.statement, place.procedures],
  system: [place.state, place.people, place.settings, place.procedures, place.journal],
};

/** The role's entries whose screens exist and which this person may open: nothing leads to an empty room. */
export function railOf(role: Role, exists: (path: string) => boolean): readonly Place[] {
  return rails[role].filter(({ to }) => exists(to));
}

/** The other screens this person may open: the rail has room for seven, Ctrl+K has room for all. */
export function besideRail(role: Role, exists: (path: string) => boolean): readonly Place[] {
  const inRail = rails[role].map(({ to }) => to);
  return Object.values<Place>(place).filter(({ to }) => exists(to) && !inRail.includes(to));
}

/** Where a role's day begins; the account page until one of its screens exists. */
export function homeOf(role: Role, exists: (path: string) => boolean): string {
  return railOf(role, exists)[0]?.to ?? '/account';
}
