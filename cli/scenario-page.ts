import { factShapes, isBuilt } from './scenario-facts.ts';
import { entryWords, factWords } from './scenario-words.ts';

/** docs/scenarios.md: how a scenario is written, with every fact and every entry. */
export function scenarioPage(): string {
  return [
    INTRODUCTION,
    '## Facts (what the world does)',
    '',
    'Fields with `?` may be left out. What is marked *later* is known by name and not built yet: a file that uses it is not understood.',
    '',
    '| Fact | Fields | |',
    '|---|---|---|',
    ...Object.entries(factWords).map(
      ([fact, { says, fields }]) =>
        `| \`${fact}\` | ${fieldsOf(fact) ?? fields ?? ''} | ${says}${isBuilt(fact) ? '' : ' *later*'} |`,
    ),
    '',
    '## Entries (what the product decides)',
    '',
    'Every fact stands in the journal too, under its own name. A decision carries the clauses behind it in `because`.',
    '',
    '| Entry | Fields | |',
    '|---|---|---|',
    ...Object.entries(entryWords).map(
      ([entry, { fields, says }]) => `| \`${entry}\` | ${fields} | ${says} |`,
    ),
    '',
  ].join('\n');
}

function fieldsOf(fact: string): string | null {
  if (!isBuilt(fact)) return null;
  const shape: Readonly<Record<string, { safeParse(value: unknown): { success: boolean } }>> =
    factShapes('UTC')[fact].shape;
  return Object.entries(shape)
    .map(([field, type]) => (type.safeParse(undefined).success ? `${field}?` : field))
    .join(', ');
}

const INTRODUCTION = `# Scenarios

<!-- Made by \`node cli/pauta.ts scenario-docs\` from cli/scenario-words.ts and cli/scenario-facts.ts; a test keeps it current. -->

A scenario says who works where, which procedures hold, what happened and when, and what must follow. It runs on the real
rules, the real database and a simulated clock: every deadline fires at its own instant and nothing sleeps. Keep yours beside
your procedures and run them before you publish a new version. The project's own stand in \`scenarios/\`, by procedure and
clause.

    npm run -s scenario -- FILE...           prints what failed; exits 0, 1 (an expectation failed) or 2 (a file is not understood)
    npm run -s scenario -- --json FILE...    prints every journal entry, then {"scenario", "passed", "failed"}

\`\`\`yaml
scenario: "contact-center-policy L4: nobody calls in ten minutes"
organization: { country: MX, zone: America/Mexico_City }   # settings: { agreedHours, authorizedChannels, staffChannel, fourEyes } if they differ
procedures: [lead-assignment, contact-center-policy]       # name or name@version, each in force from its own day; default: all of the country
readings: { contact-center-policy: { best.top: 1 } }
staff:
  - { id: dora, role: director, zone: norte }
  - { id: gil, role: manager, reportsTo: dora }
  - { id: ana, role: advisor, reportsTo: gil, lastMonth: { sales: 4, leads: 40, closings: 4 } }
  - { id: beto, role: advisor, reportsTo: gil, lastMonth: { sales: 9, leads: 50, closings: 8 } }
facts:
  - { at: "2024-06-24T10:00", roster.submitted: { month: "2024-07", zone: norte, by: dora, advisors: [ana, beto] } }
  - { at: "2024-07-01T08:05", roster.confirmed: { month: "2024-07", by: ana } }
  - { at: "2024-07-01T08:06", roster.confirmed: { month: "2024-07", by: beto } }
  - { at: "2024-07-01T09:00", lead.received: { lead: L1, phone: "55 1234 5678", source: facebook } }
until: "2024-07-01T12:00"      # default: the last fact or expectation
expect:
  - { at: "2024-07-01T09:10", lead.reassigned: { lead: L1, from: ana, to: beto }, because: contact-center-policy#L4 }
  - { never: lead.contacted, with: { lead: L1 } }
\`\`\`

- Times without an offset are local to the organization's zone, in expected fields too. Facts come in order of time; at one instant in
  the order of the file, and before any deadline of that instant.
- \`at\` is exact to the second; with \`within: PT1H\` any instant from \`at\` to then. Without \`at\`, any instant of the run. An expectation
  matches an entry that has at least the fields named; lists match in any order. \`because\` matches with or without the version.
- Staff are internal, with complete documents, a passing grade and everything signed, unless the file says otherwise
  (\`internal\`, \`documents\`, \`grade\`, \`signed\`, \`absent\`). Between equals the order of \`staff\` decides. \`lastMonth\` stands for a month
  without \`month.results\` and without closings in the run.
- Messages are taken by their channel at once, unless \`channel.down\` says that it takes none.
`;
