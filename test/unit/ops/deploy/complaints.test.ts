import { describe, expect, it } from 'vitest';
import { complaintsAbout, doubtsAbout } from '../../../../ops/deploy/complaints.ts';
import { LAYOUT } from '../../../../shared/contracts/keys.ts';
import { ACCOUNT, aDataStack, aStage, aStanding } from './a-stage.ts';

const settingsOf = (change: object) =>
  JSON.stringify({ zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL', ...change });

describe('a stage may be deployed', () => {
  it.each([
    ['for the first time', aStanding({ stacks: {} })],
    ['over itself', aStanding()],
    ['over a version that told nothing', aStanding({ stacks: { data: aDataStack({ outputs: {} }) } })],
    [
      'after one that failed',
      aStanding({ stacks: { data: aDataStack({ status: 'UPDATE_ROLLBACK_COMPLETE' }) } }),
    ],
    [
      'with another zone or margin',
      aStanding({
        stacks: { data: aDataStack({ outputs: { Settings: settingsOf({ zone: 'UTC', margin: 0.5 }) } }) },
      }),
    ],
  ])('%s', (_when, standing) => {
    expect(complaintsAbout(aStage(), standing)).toEqual([]);
  });

  it('into the account that its entry names', () => {
    expect(complaintsAbout(aStage({ account: ACCOUNT }), aStanding())).toEqual([]);
  });
});

describe('a stage is not deployed', () => {
  it.each([
    [{}, "npx cdk bootstrap 'aws://*/eu-west-1'"],
    [{ account: ACCOUNT }, `npx cdk bootstrap 'aws://${ACCOUNT}/eu-west-1'`],
  ])('where the region is not bootstrapped, and the command is named: %j', (change, command) => {
    expect(complaintsAbout(aStage(change), aStanding({ account: undefined, stacks: {} }))).toEqual([
      `eu-west-1 is not bootstrapped for the CDK in this account: ${command}`,
    ]);
  });

  it("with another account's credentials", () => {
    expect(complaintsAbout(aStage({ account: '444455556666' }), aStanding())).toEqual([
      `lib/stages.ts, stage 'shop', account: is 444455556666, but your credentials are of ${ACCOUNT}; use others (AWS_PROFILE), or mend the line`,
    ]);
  });

  it.each([String(LAYOUT + 1), '10', 'two'])('over the newer layout %s', (layout) => {
    const standing = aStanding({ stacks: { data: aDataStack({ outputs: { Layout: layout } }) } });

    expect(complaintsAbout(aStage(), standing)).toEqual([
      `shared/contracts/keys.ts, LAYOUT: this checkout writes layout ${LAYOUT}, stage 'shop' has layout ${layout}; deploy a newer checkout`,
    ]);
  });

  it('over an older layout, which nothing lifts', () => {
    const standing = aStanding({ stacks: { data: aDataStack({ outputs: { Layout: String(LAYOUT - 1) } }) } });

    expect(complaintsAbout(aStage(), standing)).toEqual([
      `shared/contracts/keys.ts, LAYOUT: this checkout writes layout ${LAYOUT}, stage 'shop' has layout ${LAYOUT - 1}; keep it on the checkout that wrote it, or deploy a stage of another name and send its events again`,
    ]);
  });

  it('while somebody else deploys it', () => {
    const standing = aStanding({
      stacks: {
        data: aDataStack(),
        api: aDataStack({ name: 'clientele-shop-api', status: 'UPDATE_IN_PROGRESS' }),
      },
    });

    expect(complaintsAbout(aStage(), standing)).toEqual([
      'clientele-shop-api is being changed just now (UPDATE_IN_PROGRESS); wait until that is over',
    ]);
  });

  it('over what is left of a creation that failed, and the commands that clear it away are named', () => {
    const [complaint] = complaintsAbout(
      aStage(),
      aStanding({ stacks: {}, remains: ['clientele-shop-data'] }),
    );

    expect(complaint).toContain('clientele-shop-data is what is left of a creation that failed');
    expect(complaint).toContain('delete-stack --region eu-west-1 --stack-name clientele-shop-data');
  });

  it('in another currency or country than everything was recorded in, and all is said at once', () => {
    const settings = settingsOf({ currency: 'USD', country: 'US' });
    const standing = aStanding({
      account: '444455556666',
      stacks: { data: aDataStack({ outputs: { Layout: '99', Settings: settings } }) },
    });

    expect(complaintsAbout(aStage({ account: ACCOUNT }), standing)).toEqual([
      expect.stringContaining('account: is'),
      expect.stringContaining("stage 'shop' has layout 99"),
      "lib/stages.ts, stage 'shop', settings.currency: is 'EUR', but everything recorded so far is by 'USD'; write that, or give 'EUR' a stage of its own",
      "lib/stages.ts, stage 'shop', settings.country: is 'NL', but everything recorded so far is by 'US'; write that, or give 'NL' a stage of its own",
    ]);
  });
});

describe('a doubt is told', () => {
  const withSender = aStage({
    sms: {
      kind: 'end-user-messaging',
      originationIdentity: 'arn:aws:sms-voice:eu-west-1:444455556666:sender-id/SHOP/NL',
    },
  });

  it('of a sender of text messages in another account, which may be shared or a mistake', () => {
    expect(doubtsAbout(withSender, aStanding())).toEqual([
      expect.stringContaining(`is of account 444455556666; unless it is shared with ${ACCOUNT}`),
    ]);
  });

  it('of a stage that stands nowhere here: a changed name or region looks the same', () => {
    expect(doubtsAbout(aStage(), aStanding({ stacks: {} }))).toEqual([
      expect.stringContaining("'shop' does not stand in this account and region yet"),
    ]);
  });

  it('of nothing else', () => {
    expect(doubtsAbout(aStage(), aStanding())).toEqual([]);
    expect(doubtsAbout(withSender, aStanding({ account: '444455556666' }))).toEqual([]);
  });
});
