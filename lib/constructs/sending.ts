import { Stack } from 'aws-cdk-lib';
import { EventBus, type EventPattern } from 'aws-cdk-lib/aws-events';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  ConfigurationSet,
  ConfigurationSetTlsPolicy,
  EmailSendingEvent,
  EventDestination,
  SuppressionReasons,
} from 'aws-cdk-lib/aws-ses';
import { Construct } from 'constructs';
import type { SenderSettings } from '../../shared/contracts/settings.ts';
import type { Stage } from '../stage-schema.ts';

/** The services that carry messages out of this stage, and the right to use them. */
export class Sending extends Construct {
  readonly settings: SenderSettings;
  readonly statements: readonly PolicyStatement[];
  /** What SES tells about messages of this stage, on the default bus; undefined where SES sends none. */
  readonly feedback: { readonly pattern: EventPattern } | undefined;

  constructor(scope: Construct, id: string, { name, email, sms }: Stage) {
    super(scope, id);
    this.settings = {
      email: email.kind === 'ses' ? { ...email, configurationSet: `clientele-${name}` } : email,
      sms,
    };
    this.feedback =
      this.settings.email.kind === 'ses' ? feedbackOf(this.settings.email.configurationSet) : undefined;
    this.statements = [...this.emailRight(), ...this.smsRight()];
  }

  private emailRight(): PolicyStatement[] {
    const { email } = this.settings;
    if (email.kind !== 'ses') return [];
    const set = new ConfigurationSet(this, 'Email', {
      configurationSetName: email.configurationSet,
      reputationMetrics: true,
      suppressionReasons: SuppressionReasons.BOUNCES_AND_COMPLAINTS,
      tlsPolicy: ConfigurationSetTlsPolicy.REQUIRE,
    });
    set.addEventDestination('Feedback', {
      // SES knows no other bus than the default one.
      destination: EventDestination.eventBus(EventBus.fromEventBusName(this, 'DefaultBus', 'default')),
      events: [EmailSendingEvent.BOUNCE, EmailSendingEvent.COMPLAINT],
    });
    const domain = email.from.slice(email.from.indexOf('@') + 1);
    const arnOf = (resource: string, resourceName: string) =>
      Stack.of(this).formatArn({ service: 'ses', resource, resourceName });
    return [
      new PolicyStatement({
        actions: ['ses:SendEmail'],
        // Either the address or its whole domain may be what SES has verified.
        resources: [
          arnOf('identity', email.from),
          arnOf('identity', domain),
          arnOf('configuration-set', set.configurationSetName),
        ],
        conditions: { StringEquals: { 'ses:FromAddress': email.from } },
      }),
    ];
  }

  private smsRight(): PolicyStatement[] {
    const { sms } = this.settings;
    if (sms.kind !== 'end-user-messaging') return [];
    return [
      new PolicyStatement({ actions: ['sms-voice:SendTextMessage'], resources: [sms.originationIdentity] }),
    ];
  }
}

/** By the configuration set, so that stages that share an account hear of their own messages only. */
const feedbackOf = (configurationSet: string): { readonly pattern: EventPattern } => ({
  pattern: {
    source: ['aws.ses'],
    detail: { mail: { tags: { 'ses:configuration-set': [configurationSet] } } },
  },
});
