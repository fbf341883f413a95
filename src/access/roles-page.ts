import { roles } from '../staff/index.ts';
import { permissionNames, scopeOf } from './permissions.ts';

const row = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;

/** docs/roles.md: the table of permissions as people read it. A test keeps the file equal to it. */
export function rolesPage(): string {
  return [
    '# What each role may see and do',
    '',
    'Made from `src/access/permissions.ts`; do not edit by hand (`npx vitest run src/access/permissions -u` writes it).',
    '',
    '- **own**: what the person holds. **team**: also what those hold who report to them, at any depth. **zone**: everyone of their zone.',
    '- **all**: the whole organization. **masked**: the whole organization without names, phones or e-mails.',
    '- Of a file of leads, who is **masked** is shown the rows of their own uploads only; of another’s, its columns and what is wrong in which row.',
    '- Whoever set up the installation has the role `system` besides their own. With two roles, the wider reach counts.',
    '',
    row(['', ...roles]),
    row(['---', ...roles.map(() => '---')]),
    ...permissionNames.map((permission) =>
      row([
        `\`${permission}\``,
        ...roles.map((role) => {
          const scope = scopeOf([role], permission);
          return scope === 'all-without-personal-data' ? 'masked' : (scope ?? '');
        }),
      ]),
    ),
    '',
  ].join('\n');
}
