import { limits } from '../../shared/contracts/event-schemas.ts';
import type { Route } from '../../shared/contracts/route.ts';
import { routes } from '../../shared/contracts/routes.ts';
import { consumers } from '../../shared/contracts/topology.ts';
import { variableSummaries } from '../../shared/domain/campaigns/variables.ts';
import { tellable } from '../../shared/domain/events/catalogue.ts';
import { keyedForms } from '../../shared/domain/segments/keyed-traits.ts';
import { operators } from '../../shared/domain/segments/registry.ts';
import { expected, type Trait } from '../../shared/domain/segments/trait.ts';
import { traits } from '../../shared/domain/segments/traits.ts';

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
    `Sent to \`POST /v1/events\`, one or up to ${limits.items} of them, ${limits.eventBytes / 1_024} KB an event and ${limits.batchBytes / 1_000} KB a request. Money is in minor units (1999 for 19.99); unknown fields are kept. Facts count exactly once; signals are counted per customer.`,
    ...Object.values(tellable).map((definition) => {
      const { type, summary, version, sample } = definition;
      const name =
        'naturalKey' in definition
          ? 'Its `id` may be left out: store, terminal, receipt number and part name it.'
          : 'Needs an `id`, unique for ever.';
      const personal =
        'impersonal' in definition
          ? ` The vault alone keeps all of it but ${definition.impersonal.join(' and ')}.`
          : '';
      return [
        `## ${type}`,
        `${summary} A ${definition.class}, version ${version}. ${name}${personal}`,
        json(sample),
      ].join('\n\n');
    }),
  ].join('\n\n');

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
