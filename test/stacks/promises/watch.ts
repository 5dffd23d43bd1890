import { listed, type Resource, type Synthesised } from '../synthesised.ts';
import { letsIn } from './doors.ts';
import { changed, firstOf, type TemplatePromise, takeAway, unless } from './promise.ts';

/** What nobody may miss, in every stage. */
const expected = [
  'api/errors',
  'customers/freshness',
  'ingest/availability',
  'night/failed',
  'night/late',
  'night/missing',
  'tables/throttled',
];

const alarms = (stage: Synthesised) => stage.of('AWS::CloudWatch::Alarm');

/** The name within the stage. */
const nameIn = (stage: Synthesised, { properties }: Resource): string =>
  String(properties.AlarmName).replace(`clientele/${stage.name}/`, '');

const call = { service: 'cloudwatch.amazonaws.com', action: 'sns:Publish' };

export const watching: readonly TemplatePromise[] = [
  {
    name: 'every alarm reaches the topic of the stage, when it rings and when it is over',
    complaints: (stage) =>
      unless(
        alarms(stage),
        (alarm) =>
          [alarm.properties.AlarmActions, alarm.properties.OKActions].every((actions) => {
            const [topic, ...others] = listed(actions).map((action) => stage.at(alarm, action));
            return (
              topic?.type === 'AWS::SNS::Topic' &&
              others.length === 0 &&
              letsIn(stage, topic, { ...call, source: alarm })
            );
          }),
        'rings where nobody hears it',
      ),
    breaches: {
      'no action': changed('AWS::CloudWatch::Alarm', ({ properties }) => {
        delete properties.AlarmActions;
      }),
      'a topic that lets no alarm in': (stage) => {
        const { properties } = firstOf(stage, 'AWS::SNS::TopicPolicy');
        // As the CDK makes it by itself: with a policy of its own, a topic loses the one it would have had.
        properties.PolicyDocument.Statement = properties.PolicyDocument.Statement.filter(
          ({ Effect }: { Effect: string }) => Effect === 'Deny',
        );
        return firstOf(stage, 'AWS::CloudWatch::Alarm').id;
      },
    },
  },
  {
    name: 'every alarm is named after the stage, and says where in the runbook to read on',
    complaints: (stage) =>
      unless(
        alarms(stage),
        ({ properties }) =>
          String(properties.AlarmName).startsWith(`clientele/${stage.name}/`) &&
          / Runbook: docs\/runbook\.md#[a-z-]+$/.test(properties.AlarmDescription),
        'leaves its reader alone',
      ),
    breaches: {
      'no page': changed('AWS::CloudWatch::Alarm', ({ properties }) => {
        properties.AlarmDescription = 'Something is wrong.';
      }),
      'another name': changed('AWS::CloudWatch::Alarm', ({ properties }) => {
        properties.AlarmName = 'clientele/another/api/errors';
      }),
    },
  },
  {
    name: 'alarms cover the door, freshness, the API, the tables and the night',
    complaints: (stage) => {
      const names = alarms(stage).map((alarm) => nameIn(stage, alarm));
      return expected.filter((name) => !names.includes(name)).map((name) => `${name} is not watched`);
    },
    breaches: {
      'the night': (stage) => {
        takeAway(stage, 'AWS::CloudWatch::Alarm', (alarm) => nameIn(stage, alarm) === 'night/missing');
        return 'night/missing';
      },
    },
  },
];
