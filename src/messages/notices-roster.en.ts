/** Notices of rosters, guards, absences and signatures in English. */
import type { RosterNotices } from './notices.ts';

export const rosterEn: RosterNotices = {
  'roster-due': {
    subject: 'The list of {zone} for {month} is missing',
    body: 'Your duty list of zone {zone} for {month} is missing. It closes on {dueTime}; without it the zone gets no leads that month.',
    pushTitle: 'Your list for {month} is missing',
    pushBody: 'It closes on {dueTime}.',
    button: 'Make the list',
  },
  'roster-reminder': {
    subject: 'Confirm your duty of {month}',
    body: 'You have not confirmed your duty of {month} yet. You have until {confirmBy}: otherwise you are not active and get no leads.',
    pushTitle: 'Confirm your duty',
    pushBody: 'You have until {confirmBy}.',
    button: 'See my duty',
  },
  'shifts-changed': {
    subject: 'Your guards of {month} have changed',
    body: 'Your guards of {month} have changed. They are now: {shifts}. If one does not suit you, ask for a swap in Pauta.',
    pushTitle: 'Your guards have changed',
    pushBody: 'See them in Pauta.',
    button: 'See my guards',
  },
  'absence-asked': {
    subject: '{advisor} asks to be away',
    body: 'On your team, {advisor} asks to be away {days}. Before you answer, Pauta shows which guards would be left without people.',
    pushTitle: 'Absence to approve',
    pushBody: '{advisorFirst}: {days}.',
    button: 'Answer',
  },
  'absence-approved': {
    subject: 'Absence approved',
    body: 'Your absence {days} was approved. You get no leads on those days.',
    pushTitle: 'Absence approved',
    pushBody: 'No leads {days}.',
    button: 'See my guards',
  },
  'absence-refused': {
    subject: 'Absence not approved',
    body: 'Your absence {days} was not approved. The reason is in Pauta.',
    pushTitle: 'Absence not approved',
    pushBody: 'The reason is in Pauta.',
    button: 'See the reason',
  },
  'swap-asked': {
    subject: '{advisor} asks to swap guards',
    body: 'Your colleague {advisor} asks you for a swap of guards: {swap}. Answer in Pauta; if you accept, it still has to be approved.',
    pushTitle: 'A swap is asked of you',
    pushBody: '{advisorFirst}: {swap}.',
    button: 'Answer',
  },
  'swap-accepted': {
    subject: 'Swap of guards to approve',
    body: 'There is a swap of guards to approve on your team: {advisor} and {holder} agree ({swap}). It waits for you.',
    pushTitle: 'Swap to approve',
    pushBody: '{advisorFirst} and {holderFirst}: {swap}.',
    button: 'Look at it',
  },
  'swap-settled': {
    subject: 'Your swap of guards {outcome}',
    body: 'The swap of guards ({swap}) {outcome}. Your guards as they stand are in Pauta.',
    pushTitle: 'Swap of guards',
    pushBody: 'The swap {outcome}.',
    button: 'See my guards',
  },
  'signature-asked': {
    subject: 'You have procedures to sign',
    body: 'You have these to read and sign: {procedures}. Do it by {dueTime}; without your signature you are not on the roster.',
    pushTitle: 'Procedures to sign',
    pushBody: 'By {dueTime}.',
    button: 'Read and sign',
  },
  'signature-missed': {
    subject: 'The time to sign is over',
    body: 'The time to sign is over: {procedures}. Sign as soon as you can; without your signature you are not on the roster.',
    pushTitle: 'A signature is missing',
    pushBody: 'Sign as soon as you can.',
    button: 'Read and sign',
  },
  'signature-missed-manager': {
    subject: '{advisor} has not signed',
    body: 'On your team, {advisor} did not sign in time: {procedures}. Without that signature they are not on the roster.',
    pushTitle: 'A signature is missing on your team',
    pushBody: '{advisorFirst} did not sign in time.',
    button: 'See who is missing',
  },
};
