import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  FeaturePlan,
  Mfa,
  UserPool,
  type UserPoolClient,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { roles } from '../../shared/contracts/route.ts';
import type { Stage } from '../stage-schema.ts';
import { acknowledge } from './acknowledge.ts';

/** Who lets people in, and where their tokens say what they may do. */
export class People extends Construct {
  /** Undefined where another issuer lets people in. */
  readonly userPoolId: string | undefined;
  readonly issuer: string;
  readonly audience: string;
  readonly rolesClaim: string;

  constructor(scope: Construct, id: string, { name, auth }: Stage) {
    super(scope, id);
    if (auth.kind === 'oidc') {
      this.issuer = auth.issuer;
      this.audience = auth.audience;
      this.rolesClaim = 'roles';
      return;
    }
    const pool = this.userPool(name);
    this.userPoolId = pool.userPoolId;
    this.issuer = `https://cognito-idp.${Stack.of(this).region}.amazonaws.com/${pool.userPoolId}`;
    this.audience = this.client(pool).userPoolClientId;
    this.rolesClaim = 'cognito:groups';
    for (const role of roles) {
      new CfnUserPoolGroup(this, `Role-${role}`, { userPoolId: pool.userPoolId, groupName: role });
    }
  }

  private userPool(stage: string): UserPool {
    const pool = new UserPool(this, 'Users', {
      userPoolName: `clientele-${stage}`,
      signInAliases: { email: true },
      selfSignUpEnabled: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      featurePlan: FeaturePlan.ESSENTIALS,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(
      pool,
      'COG8',
      'The Plus plan is 0.02 $ a user; staff accounts with a required second factor do without.',
    );
    return pool;
  }

  private client(pool: UserPool): UserPoolClient {
    return pool.addClient('Console', {
      authFlows: { userSrp: true },
      // The pool has no sign-in page; the default would let one at example.com take tokens.
      disableOAuth: true,
      generateSecret: false,
      preventUserExistenceErrors: true,
      accessTokenValidity: Duration.hours(1),
      idTokenValidity: Duration.hours(1),
      refreshTokenValidity: Duration.days(7),
    });
  }
}
