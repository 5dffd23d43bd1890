import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { stages } from '../../../lib/stages.ts';
import { program } from '../../../ops/cli/program.ts';
import { stackParts } from '../../../shared/contracts/deployed.ts';
import type { Synthesised } from '../synthesised.ts';

const text = readFileSync('docs/runbook.md', 'utf8');
const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };

const PARTS = ['**Symptom.**', '**Cause.**', '**Command.**', '**How to know it is over.**'];

interface Page {
  readonly title: string;
  /** As links name it. */
  readonly anchor: string;
  readonly body: string;
}

const [, ...sections] = text.split(/^## /m);
const pages: readonly Page[] = sections.map((section) => {
  const [title = '', ...body] = section.split('\n');
  return {
    title,
    anchor: title
      .toLowerCase()
      .replaceAll(/[^a-z0-9 -]/g, '')
      .replaceAll(' ', '-'),
    body: body.join('\n'),
  };
});

/** What stands in blocks of commands, or between backticks in the text, and begins with this word. */
const commands = (word: string): readonly string[] => {
  const blocks = [...text.matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = '']) =>
    block.split('\n'),
  );
  const spans = [...text.replaceAll(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`]+)`/g)].map(
    ([, span = '']) => span,
  );
  return [...blocks, ...spans]
    .flatMap((line) => line.replace(/^\w+=\$\((.*)\)$/, '$1').trim())
    .filter((line) => line.startsWith(`${word} `));
};

/** The command line as it is, but doing nothing. */
function idle(command: Command): Command {
  command.exitOverride().configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  for (const one of command.commands) idle(one);
  return command.commands.length === 0 ? command.action(() => undefined) : command;
}

export const describeRunbook = (synthesised: readonly Synthesised[]): void => {
  const alarms = synthesised.flatMap((stage) => stage.of('AWS::CloudWatch::Alarm'));
  const linked = alarms.map(
    ({ properties }) => /docs\/runbook\.md#([a-z-]+)$/.exec(properties.AlarmDescription)?.[1],
  );

  describe('the runbook', () => {
    it.each(pages.map((page) => [page.title, page] as const))(
      'says of %s all that is needed',
      (_title, { body }) => {
        const places = PARTS.map((part) => body.indexOf(part));

        expect(places).not.toContain(-1);
        expect(places).toEqual(places.toSorted((a, b) => a - b));
        expect(body.slice(places[2], places[3])).toContain('```sh\n');
      },
    );

    it.each(pages.map((page) => [page.title, page] as const))(
      'has an alarm that leads to %s, or says why there is none',
      (_title, { anchor, body }) => {
        expect(linked.includes(anchor)).not.toBe(body.includes('No alarm leads here:'));
      },
    );

    it.each(alarms.map(({ properties }) => [properties.AlarmName]))('has a page for %s', (name) => {
      const at = alarms.findIndex(({ properties }) => properties.AlarmName === name);

      expect(pages.map(({ anchor }) => anchor)).toContain(linked[at]);
    });

    it('links to pages that exist', () => {
      const links = [...text.matchAll(/\]\(#([a-z-]+)\)/g)].map(([, anchor]) => anchor);

      expect(links.length).toBeGreaterThan(0);
      expect(links.filter((link) => !pages.some(({ anchor }) => anchor === link))).toEqual([]);
    });
  });

  describe('the commands of the runbook', () => {
    const ours = [...new Set(commands('npm'))];
    const clientele = ours.filter((line) => line.startsWith('npm run -s clientele -- '));

    it('are there', () => {
      expect(clientele.length).toBeGreaterThan(5);
      expect(commands('aws').length).toBeGreaterThan(20);
    });

    it.each(clientele.map((line) => [line]))('are understood: %s', async (line) => {
      const words = line.split(' ').slice(5);

      await expect(idle(program()).parseAsync(words, { from: 'user' })).resolves.toBeDefined();
    });

    it.each(ours.map((line) => [line]))('are scripts of this project: %s', (line) => {
      const script = /^npm run (?:-s )?([\w:]+)/.exec(line)?.[1] ?? '';

      expect(Object.keys(scripts)).toContain(script);
    });

    it('speak of a stage that there is', () => {
      const named = [...text.matchAll(/--stage (\w+)|deploy -- (\w+)/g)].map(([, a, b]) => a ?? b);

      expect(named.filter((name) => !stages.some((stage) => stage.name === name))).toEqual([]);
    });

    const europe = synthesised.find(({ name }) => name === 'europe');
    const groups = europe?.of('AWS::Logs::LogGroup').map(({ properties }) => properties.LogGroupName) ?? [];
    const named = [
      ...(europe?.of('AWS::Lambda::Function').map(({ properties }) => properties.FunctionName) ?? []),
      ...stackParts.map((part) => `clientele-europe-${part}`),
      'clientele-europe',
    ];

    it.each(
      [...new Set(text.match(/\/(?:aws\/vendedlogs\/)?clientele\/europe\/[\w/-]+/g))].map((one) => [one]),
    )('look into logs that there are: %s', (group) => {
      expect(groups).toContain(group);
    });

    it.each([...new Set(text.match(/clientele-europe[\w-]*/g))].map((one) => [one]))(
      'name what is deployed: %s',
      (name) => {
        expect(named).toContain(name);
      },
    );

    it.each(
      [
        ...new Set(
          [...text.matchAll(/`([\w/-]+\/(?:slow-queue|dead-letters))`/g)].map(([, one = '']) => one),
        ),
      ].map((one) => [one]),
    )('speak of alarms that there are: %s', (name) => {
      expect(alarms.map(({ properties }) => properties.AlarmName)).toContain(`clientele/europe/${name}`);
    });
  });
};
