import { randomBytes } from 'node:crypto';
import {
  AdminAddUserToGroupCommand,
  AdminCreateUserCommand,
  AdminDeleteUserCommand,
  AdminSetUserPasswordCommand,
  AssociateSoftwareTokenCommand,
  type AuthenticationResultType,
  CognitoIdentityProviderClient,
  InitiateAuthCommand,
  type InitiateAuthCommandOutput,
  RespondToAuthChallengeCommand,
  type RespondToAuthChallengeCommandOutput,
  UserNotFoundException,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { roles } from '../../shared/contracts/route.ts';
import { oneTimeCode } from './one-time-code.ts';
import { startSrp } from './srp.ts';

const USER = 'journeys@example.com';

/** The pool and the client of it that the stage's API trusts. */
interface Pool {
  readonly userPool: string;
  readonly audience: string;
}

type Step = Pick<
  InitiateAuthCommandOutput | RespondToAuthChallengeCommandOutput,
  'ChallengeName' | 'ChallengeParameters' | 'Session' | 'AuthenticationResult'
>;

/** Makes a person with every role and a second factor, signs in as a console would, and answers the access token. */
export async function signInAsNewPerson(pool: Pool): Promise<string> {
  const client = new CognitoIdentityProviderClient();
  const password = `Aa1!${randomBytes(24).toString('base64url')}`;
  await createPerson(client, pool, password);
  const first = await provePassword(client, pool, password);
  // An emulator lets in who has no second factor yet; the next sign-in asks for it.
  const tokens = first.AuthenticationResult
    ? await signInAgain(client, pool, password, first.AuthenticationResult)
    : await setUpSecondFactor(client, pool, first);
  return known(tokens?.AccessToken, 'an access token');
}

async function createPerson(
  client: CognitoIdentityProviderClient,
  { userPool }: Pool,
  password: string,
): Promise<void> {
  const person = { UserPoolId: userPool, Username: USER };
  await client.send(new AdminDeleteUserCommand(person)).catch((error: unknown) => {
    if (!(error instanceof UserNotFoundException)) throw error;
  });
  await client.send(new AdminCreateUserCommand({ ...person, MessageAction: 'SUPPRESS' }));
  await client.send(new AdminSetUserPasswordCommand({ ...person, Password: password, Permanent: true }));
  for (const GroupName of roles) await client.send(new AdminAddUserToGroupCommand({ ...person, GroupName }));
}

async function provePassword(
  client: CognitoIdentityProviderClient,
  { userPool, audience }: Pool,
  password: string,
): Promise<Step> {
  const srp = startSrp();
  const asked = await client.send(
    new InitiateAuthCommand({
      AuthFlow: 'USER_SRP_AUTH',
      ClientId: audience,
      AuthParameters: { USERNAME: USER, SRP_A: srp.clientPublic },
    }),
  );
  const given = asked.ChallengeParameters ?? {};
  const user = known(given['USER_ID_FOR_SRP'], 'a user id');
  const secretBlock = known(given['SECRET_BLOCK'], 'a secret block');
  const { timestamp, signature } = srp.prove({
    pool: userPool,
    user,
    password,
    salt: known(given['SALT'], 'a salt'),
    serverPublic: known(given['SRP_B'], 'its public number'),
    secretBlock,
    at: new Date(),
  });
  return client.send(
    new RespondToAuthChallengeCommand({
      ChallengeName: 'PASSWORD_VERIFIER',
      ClientId: audience,
      Session: asked.Session,
      ChallengeResponses: {
        USERNAME: user,
        PASSWORD_CLAIM_SECRET_BLOCK: secretBlock,
        PASSWORD_CLAIM_SIGNATURE: signature,
        TIMESTAMP: timestamp,
      },
    }),
  );
}

async function setUpSecondFactor(
  client: CognitoIdentityProviderClient,
  { audience }: Pool,
  { ChallengeName, Session }: Step,
): Promise<AuthenticationResultType | undefined> {
  if (ChallengeName !== 'MFA_SETUP') throw new Error(`The pool asks for ${ChallengeName}`);
  const factor = await client.send(new AssociateSoftwareTokenCommand({ Session }));
  const UserCode = oneTimeCode(known(factor.SecretCode, 'a secret'), Date.now());
  const verified = await client.send(new VerifySoftwareTokenCommand({ Session: factor.Session, UserCode }));
  const done = await client.send(
    new RespondToAuthChallengeCommand({
      ChallengeName,
      ClientId: audience,
      Session: verified.Session,
      ChallengeResponses: { USERNAME: USER },
    }),
  );
  return done.AuthenticationResult;
}

async function signInAgain(
  client: CognitoIdentityProviderClient,
  pool: Pool,
  password: string,
  { AccessToken }: AuthenticationResultType,
): Promise<AuthenticationResultType | undefined> {
  const { SecretCode } = await client.send(new AssociateSoftwareTokenCommand({ AccessToken }));
  const code = () => oneTimeCode(known(SecretCode, 'a secret'), Date.now());
  await client.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode: code() }));
  const { ChallengeName, Session } = await provePassword(client, pool, password);
  if (ChallengeName !== 'SOFTWARE_TOKEN_MFA') throw new Error('The second factor was not asked for');
  const done = await client.send(
    new RespondToAuthChallengeCommand({
      ChallengeName,
      ClientId: pool.audience,
      Session,
      ChallengeResponses: { USERNAME: USER, SOFTWARE_TOKEN_MFA_CODE: code() },
    }),
  );
  return done.AuthenticationResult;
}

function known(value: string | undefined, what: string): string {
  if (value === undefined) throw new Error(`The pool did not send ${what}`);
  return value;
}
