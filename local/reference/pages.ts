import type * as z from 'zod';
import { limits } from '../../shared/contracts/event-schemas.ts';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { consumers } from '../../shared/contracts/topology.ts';
import { variableSummaries } from '../../shared/domain/campaigns/variables.ts';
import { tellable } from '../../shared/domain/events/catalogue.ts';
import { consentChanged } from '../../shared/domain/events/consent-changed.ts';
import type { EventDefinition } from '../../shared/domain/events/define-event.ts';
import { keyedForms } from '../../shared/domain/segments/keyed-traits.ts';
import { operators } from '../../shared/domain/segments/registry.ts';
import { expected, type Trait } from '../../shared/domain/segments/trait.ts';
import { traits } from '../../shared/domain/segments/traits.ts';
import { fieldsInWords } from './fields.ts';
import { careSection, stagesSection } from './judgements.ts';

const GENERATED = '<!-- Made from the code by `npm run reference`; a test keeps it current. -->';

const json = (value: unknown): string => `\`\`\`json\n${JSON.stringify(value, null, 2)}\n\`\`\``;
const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(...head), row(...head.map(() => '---')), ...rows.map((cells) => row(...cells))].join('\n');

/** The reference pages, by file name. */
export const referencePages = (): Readonly<Record<string, string>> => ({
  'docs/events.md': eventsPage(),
  'docs/segments.md': segmentsPage(),
  'docs/endpoints.md': endpointsPage(),
});

const eventsPage = (): string =>
  [
    '# Events',
    GENERATED,
    `Sent to \`POST /v1/events\`, one or up to ${limits.items} of them, ${limits.eventBytes / 1_024} KB an event and ${limits.batchBytes / 1_000} KB a request. Money is in minor units (1999 for 19.99); unknown fields are kept. Facts count exactly once; signals are counted per customer, and of more than anybody makes in an hour the rest is answered \`dropped\`; notices are archived. A \`version\` that is left out is the newest one that the payload fits.`,
    'A whole event, with a `data` as below for its type:',
    json(aWholeEvent),
    '`type`, `occurredAt` and `data` must be there. `sentAt` tells how far the clock of the sender is off ([sending.md](sending.md)); `version` and `id` are as said below; without `ids` it happened to a stranger. Of the fields of `data` those in **bold** must be there. Names, addresses and numbers of people belong into `ids` and into fields that are kept sealed: whatever else an event holds is shown as it is, also to those who may not see who it is about. What a stranger says in words is not kept.',
    ...Object.values(tellable).map(eventSection),
  ].join('\n\n');

const aWholeEvent = {
  id: '5f0c1c1e-consent',
  type: 'consent.changed',
  version: 2,
  occurredAt: '2026-03-14T10:15:00+01:00',
  sentAt: '2026-03-14T10:15:02+01:00',
  ids: { member: 'M-1001', phone: '06 12345678', email: 'ada@example.com' },
  data: consentChanged.sample,
};

type AnyEvent = Omit<EventDefinition<string, z.ZodType>, 'naturalKey' | 'expands'> & {
  readonly naturalKey?: unknown;
};

function eventSection(definition: AnyEvent): string {
  const {
    type,
    summary,
    version,
    sample,
    older = {},
    impersonal,
    said,
    naturalKey,
    namedBy,
    related,
    needsCustomer,
  } = definition;
  const name =
    naturalKey === undefined
      ? 'Needs an `id`, unique for ever.'
      : `Its \`id\` may be left out: ${namedBy ?? 'store, terminal, receipt number and part name it'}.`;
  const personal =
    impersonal === undefined
      ? ''
      : said === true
        ? ` Everything but ${impersonal.join(', ')} is kept sealed.`
        : ` The vault alone keeps all of it but ${impersonal.join(' and ')}.`;
  const other =
    related === undefined ? '' : ` Beside \`ids\` it needs \`relatedIds\`, of the same shape: ${related}.`;
  const nobody = needsCustomer === true ? ' It must name a customer in `ids`.' : '';
  return [
    `## ${type}`,
    `${summary} A ${definition.class}, version ${version}. ${name}${nobody}${other}${personal}`,
    `Its \`data\`: ${fieldsInWords(definition.data)}.`,
    json(sample),
    ...Object.entries(older).map(
      ([old, { sample: told, changed }]) =>
        `Version ${old} is still taken; after it ${changed}\n\n${json(told)}`,
    ),
  ].join('\n\n');
}

const segmentsPage = (): string =>
  [
    '# Segments and templates',
    GENERATED,
    'A rule is JSON. A trait without a value matches nothing but `"exists": false`.',
    '## Operators',
    ...Object.entries(operators).map(
      ([word, { summary, examples }]) =>
        `**${word}**: ${summary} For example \`${JSON.stringify(examples[0]?.rule)}\`.`,
    ),
    '## Traits',
    table(
      ['Trait', 'Is', 'Takes'],
      Object.entries(traits).map(([name, trait]: [string, Trait]) => [
        `\`${name}\``,
        trait.summary,
        expected(trait),
      ]),
    ),
    `By name of a category, channel or store: ${keyedForms.map((form) => `\`${form.replaceAll('|', '\\|')}\``).join(', ')}.`,
    ...stagesSection(table),
    ...careSection(table),
    '## Template variables',
    'Liquid, in subject and body: `{{ name | default: "customer" }}`.',
    table(
      ['Variable', 'Is'],
      Object.entries(variableSummaries).map(([name, summary]) => [`\`${name}\``, summary]),
    ),
  ].join('\n\n');

function letIn({ access, asItCame }: Route): string {
  if (asItCame === true) return 'a signature of its source';
  if (access === 'source') return 'write key';
  return access === 'open' ? 'anybody' : access.join(', ');
}

const endpointsPage = (): string =>
  [
    '# Endpoints',
    GENERATED,
    'Errors are RFC 9457 problem details with a stable `code`. The full description is at `/openapi.json`, and to be tried out at `/docs`.',
    table(
      ['Call', 'For', 'Does'],
      (Object.values(routes) as Route[]).map((route) => [
        `\`${route.method} ${route.path}\``,
        letIn(route),
        route.summary,
      ]),
    ),
    '## Who reacts to what',
    table(
      ['Consumer', 'Wakes on'],
      Object.entries(consumers).map(([name, { on }]) => [`\`functions/${name}\``, on.join(', ')]),
    ),
  ].join('\n\n');
