/** Every word there is, from the Spanish catalog: a misspelled id does not compile. One line a file. */
import type account from './es-MX/account.json';
import type administration from './es-MX/administration.json';
import type audits from './es-MX/audits.json';
import type control from './es-MX/control.json';
import type entrance from './es-MX/entrance.json';
import type entries from './es-MX/entries.json';
import type follow from './es-MX/follow.json';
import type kit from './es-MX/kit.json';
import type leads from './es-MX/leads.json';
import type money from './es-MX/money.json';
import type mailbox from './es-MX/mailbox.json';
import type marketing from './es-MX/marketing.json';
import type procedures from './es-MX/procedures.json';
import type reports from './es-MX/reports.json';
import type roster from './es-MX/roster.json';
import type settings from './es-MX/settings.json';
import type shell from './es-MX/shell.json';

export type WordId =
  | keyof typeof account
  | keyof typeof administration
  | keyof typeof audits
  | keyof typeof control
  | keyof typeof entrance
  | keyof typeof entries
  | keyof typeof follow
  | keyof typeof kit
  | keyof typeof leads
  | keyof typeof mailbox
  | keyof typeof marketing
  | keyof typeof money
  | keyof typeof procedures
  | keyof typeof reports
  | keyof typeof roster
  | keyof typeof settings
  | keyof typeof shell;
