import { readStages } from './stage-schema.ts';

/**
 * Every region's deployment. A stage is one retailer's world: its customers, its money, its law. Edit it
 * here; `npm run synth` says which line is wrong.
 */
export const stages = readStages([
  {
    name: 'europe',
    region: 'eu-west-1',
    settings: { zone: 'Europe/Amsterdam', currency: 'EUR', country: 'NL' },
    email: { kind: 'ses', from: 'news@example.com' },
    sms: {
      kind: 'end-user-messaging',
      originationIdentity: 'arn:aws:sms-voice:eu-west-1:111122223333:sender-id/CLIENTELE/NL',
    },
    auth: { kind: 'cognito' },
    operators: ['ops@example.com'],
    monthlyBudget: 200,
  },
  {
    // aws-cn answers unauthenticated calls and custom domains only under an ICP licence.
    name: 'china',
    region: 'cn-north-1',
    settings: { zone: 'Asia/Shanghai', currency: 'CNY', country: 'CN' },
    email: { kind: 'outbox' },
    sms: { kind: 'outbox' },
    auth: { kind: 'oidc', issuer: 'https://login.example.com.cn', audience: 'clientele' },
    operators: ['ops@example.com.cn'],
    monthlyBudget: 1_500,
  },
]);
