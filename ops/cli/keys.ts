import { Command, Option } from 'commander';
import type { AccessKey } from '../../shared/application/http/access-key.ts';
import { grantKey, listKeys, type NewKey, revokeKey } from '../../shared/application/http/manage-keys.ts';
import { roles } from '../../shared/contracts/route.ts';
import { InvalidInput } from '../../shared/domain/kernel/errors.ts';
import { inTheirWords } from '../../shared/domain/kernel/in-their-words.ts';
import { print, printJson, withSite } from './context.ts';

interface GrantOptions {
  readonly source?: string;
  readonly store?: readonly string[];
  readonly person?: string;
  readonly roles?: string;
  readonly signing?: boolean;
  readonly expires?: string;
  readonly json?: boolean;
}

interface Json {
  readonly json?: boolean;
}

const ROTATION = `
A source may have several living keys: to change one, grant a second, move the till over to it, and revoke the
first. A key that was revoked is refused within a minute.`;

export const keysCommand = (): Command =>
  new Command('keys')
    .description('Lets tills, shops, people and scripts in, and shuts them out.')
    .addCommand(grantCommand())
    .addCommand(listCommand())
    .addCommand(revokeCommand());

/** `--json` prints `{ key, secret }`. */
const grantCommand = () =>
  new Command('grant')
    .description('Makes a key, which is told here and never again.')
    .addOption(new Option('--source <name>', 'what sends events, such as till-ams-01').conflicts('person'))
    .option('--store <name...>', 'with --source: the only stores that its events may name')
    .option('--person <name>', 'who works with it; needs --roles')
    .option('--roles <list>', `with commas between them: ${roles.join(', ')}`)
    .option('--signing', 'for a source that signs its requests instead of sending its key')
    .option('--expires <time>', 'when it ends by itself, such as 2027-01-01T00:00:00Z')
    .option('--json', 'for machines')
    .addHelpText('after', ROTATION)
    .action(({ json, ...options }: GrantOptions, command: Command) =>
      withSite(command, async (site) => {
        const wanted = newKey(options);
        const granted = await grantKey({ ...site, keyring: await site.keyring() })(wanted).catch(asTyped);
        if (json) printJson(granted);
        else print([inWords(granted.key), `Its secret, told only now: ${granted.secret}`].join('\n'));
      }),
    );

/** `--json` prints a list of AccessKey (shared/application/http/access-key.ts), oldest first. */
const listCommand = () =>
  new Command('list')
    .description('Every key that ever was; none of their secrets.')
    .option('--json', 'for machines')
    .action(({ json }: Json, command: Command) =>
      withSite(command, async (site) => {
        const all = await listKeys(site)();
        if (json) printJson(all);
        else print(all.length === 0 ? 'There are no keys yet.' : all.map(inWords).join('\n'));
      }),
    );

/** `--json` prints the AccessKey. */
const revokeCommand = () =>
  new Command('revoke')
    .description('Shuts a key out for ever, within a minute.')
    .argument('<id>', 'as `keys list` shows it')
    .option('--json', 'for machines')
    .addHelpText('after', ROTATION)
    .action((id: string, { json }: Json, command: Command) =>
      withSite(command, async (site) => {
        const key = await revokeKey(site)(id);
        if (json) printJson(key);
        else print(inWords(key));
      }),
    );

const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^grant\.roles(\.\d+)?/, '--roles'],
  [/^grant\.stores(\.\d+)?/, '--store'],
  [/^grant\.name/, '--source or --person'],
  [/^grant/, '--signing'],
  [/^expiresAt/, '--expires'],
];

/** A field of a grant is an option here. */
export function asTyped(error: unknown): never {
  if (!(error instanceof InvalidInput)) throw error;
  const [field, option] = OPTIONS.find(([name]) => name.test(error.path)) ?? [/^/, ''];
  throw inTheirWords(error, (path) => path.replace(field, option));
}

/** The words as they were typed; grantKey checks them. */
export function newKey({
  source,
  store: stores,
  person,
  roles: list,
  signing = false,
  expires,
}: Omit<GrantOptions, 'json'>): NewKey {
  const more = { kind: signing ? 'signing' : 'bearer', ...(expires && { expiresAt: expires }) } as const;
  if (source !== undefined) {
    if (list !== undefined)
      throw new InvalidInput(
        'roles-are-for-people',
        'roles',
        '--roles goes with --person; a source only sends events',
      );
    return { ...more, grant: { kind: 'source', name: source, ...(stores && { stores }) } };
  }
  if (stores !== undefined)
    throw new InvalidInput(
      'stores-are-for-sources',
      'stores',
      '--store goes with --source; what people see is said by their roles',
    );
  if (person === undefined)
    throw new InvalidInput(
      'no-owner',
      'source',
      'Say whose key it is: --source <name>, or --person <name> --roles <list>',
    );
  if (list === undefined)
    throw new InvalidInput('no-roles', 'roles', `--person needs --roles, of: ${roles.join(', ')}`);
  // Unknown roles are refused with the list of those that there are.
  const wanted = list
    .split(',')
    .map((role) => role.trim())
    .filter(
      (role, index, all) => role !== '' && all.indexOf(role) === index,
    ) as readonly (typeof roles)[number][];
  return { ...more, grant: { kind: 'person', name: person, roles: wanted } };
}

function inWords({ id, kind, grant, createdAt, expiresAt, revokedAt }: AccessKey): string {
  const owner =
    grant.kind === 'source'
      ? `source ${grant.name}${grant.stores === undefined ? '' : ` (only ${grant.stores.join(', ')})`}`
      : `person ${grant.name} (${grant.roles.join(', ')})`;
  return [
    id,
    kind,
    owner,
    `since ${createdAt}`,
    ...(expiresAt === undefined ? [] : [`until ${expiresAt}`]),
    ...(revokedAt === undefined ? [] : [`revoked ${revokedAt}`]),
  ].join('  ');
}
