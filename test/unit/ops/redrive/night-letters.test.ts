import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Letter } from '../../../../ops/redrive/letters.ts';
import {
  type KnownRun,
  type NightLetter,
  planNight,
  readNightLetter,
} from '../../../../ops/redrive/night-letters.ts';
import { StageSettings } from '../../../../shared/contracts/stage.ts';

const settings = StageSettings.parse({ zone: 'Asia/Shanghai', currency: 'CNY', country: 'CN', shards: 5 });

const letter = (body: unknown, attributes: Letter['attributes'] = {}): Letter => ({
  id: '1',
  body: typeof body === 'string' ? body : JSON.stringify(body),
  attributes,
  handle: 'h',
});
const read = (body: unknown, attributes?: Letter['attributes']) =>
  readNightLetter(letter(body, attributes), settings);

const scheduler = (TARGET_ARN: string) => ({
  SCHEDULE_ARN: 'arn:aws:scheduler:eu-west-1:111122223333:schedule/default/night',
  SCHEDULED_TIME: '2026-03-14T19:30:00Z',
  TARGET_ARN,
});
const NIGHT = 'arn:aws:states:cn-north-1:111122223333:stateMachine:night';
/** 19:30 UTC is 03:30 of the 15th in Shanghai, so the night is that of the 14th. */
const started = { kind: 'start', run: { asOf: '2026-03-14', shards: 5 } };

describe('a letter of the night', () => {
  it.each([
    ['its planned time, whatever the body is', { StateMachineArn: NIGHT, Input: '…' }, scheduler(NIGHT)],
    ['its input', { scheduledAt: '2026-03-14T19:30:00Z' }, {}],
    ['the date that somebody named', { asOf: '2026-03-14' }, {}],
  ])('of the schedule is read by %s', (_, body, attributes) => {
    expect(read(body, attributes)).toEqual(started);
  });

  it('of the schedule that only asks is told from the one that starts', () => {
    const asks = scheduler('arn:aws:lambda:cn-north-1:111122223333:function:clientele-china-night-check');

    expect(read({ scheduledAt: '2026-03-14T19:30:00Z' }, asks)).toEqual({ kind: 'question' });
  });

  it('of the rule is read with status, code and time', () => {
    const detail = {
      status: 'FAILED',
      error: 'internal',
      input: '{"scheduledAt":"2026-03-14T19:30:00Z"}',
      stopDate: Date.parse('2026-03-14T20:00:00Z'),
    };

    expect(read({ detail })).toEqual({
      kind: 'ended',
      run: started.run,
      reason: 'FAILED internal',
      at: '2026-03-14T20:00:00.000Z',
    });
    expect(read({ detail: { ...detail, error: undefined, status: 'TIMED_OUT' } })).toMatchObject({
      reason: 'TIMED_OUT',
    });
  });

  it.each([
    '',
    'hello',
    '{}',
    { scheduledAt: 'soon' },
    { detail: { status: 'FAILED', input: 'no JSON', stopDate: 1 } },
  ])('that says %j is left for somebody to look at', (body) => {
    expect(read(body)).toEqual({ kind: 'unreadable' });
  });
});

const start = (asOf: string): NightLetter => ({ kind: 'start', run: { asOf, shards: 5 } });
const ended = (asOf: string, at = '2026-03-15T03:00:00.000Z'): NightLetter => ({
  kind: 'ended',
  run: { asOf, shards: 5 },
  reason: 'FAILED internal',
  at,
});
const plan = (
  letters: readonly NightLetter[],
  current?: string,
  runs: Readonly<Record<string, KnownRun>> = {},
) => planNight(letters, { current, runs: new Map(Object.entries(runs)) }).map(({ todo }) => todo);

describe('what is done about letters', () => {
  it('is to start the newest night, and no other', () => {
    expect(plan([start('2026-03-13'), start('2026-03-14'), start('2026-03-12')])).toEqual([
      'nothing',
      'start',
      'nothing',
    ]);
  });

  it('is to start it once, also when two letters ask for it', () => {
    expect(plan([start('2026-03-14'), start('2026-03-14')])).toEqual(['start', 'nothing']);
  });

  it.each([
    ['it is done', '2026-03-14'],
    ['a later one counts', '2026-03-20'],
  ])('is nothing when %s', (_, current) => {
    expect(plan([start('2026-03-14')], current)).toEqual(['nothing']);
  });

  it.each([
    ['running', 'nothing'],
    ['failed', 'start'],
  ] as const)('when it is %s: %s', (status, todo) => {
    const runs = { '2026-03-14': { status, startedAt: '2026-03-15T02:30:00.000Z' } };

    expect(plan([start('2026-03-14')], '2026-03-13', runs)).toEqual([todo]);
  });

  it.each<[string, KnownRun | undefined, string]>([
    ['never came to its run', undefined, 'mark-failed'],
    ['left its run as running', { status: 'running', startedAt: '2026-03-15T02:30:00.000Z' }, 'mark-failed'],
    ['was begun again since', { status: 'running', startedAt: '2026-03-15T04:00:00.000Z' }, 'nothing'],
    ['was done since', { status: 'done', startedAt: '2026-03-15T02:30:00.000Z' }, 'nothing'],
    ['is marked already', { status: 'failed', startedAt: '2026-03-15T02:30:00.000Z' }, 'nothing'],
  ])('for an end that %s', (_, run, todo) => {
    expect(plan([ended('2026-03-14')], undefined, run === undefined ? {} : { '2026-03-14': run })).toEqual([
      todo,
    ]);
  });

  it('is to forget questions and to leave what nobody can read', () => {
    expect(plan([{ kind: 'question' }, { kind: 'unreadable' }])).toEqual(['forget', 'leave']);
  });

  it('is never to start more than one night, nor one that is not newer than what counts', () => {
    const date = fc.integer({ min: 10, max: 28 }).map((day) => `2026-03-${day}`);
    fc.assert(
      fc.property(fc.array(date.map(start)), fc.option(date, { nil: undefined }), (letters, current) => {
        const chosen = planNight(letters, { current, runs: new Map() }).flatMap((task) =>
          task.todo === 'start' ? [task.run.asOf] : [],
        );

        expect(chosen.length).toBeLessThanOrEqual(1);
        for (const asOf of chosen) {
          expect(asOf > (current ?? '')).toBe(true);
          expect(letters.every((one) => one.kind === 'start' && one.run.asOf <= asOf)).toBe(true);
        }
      }),
    );
  });
});
