import { dispatch } from '../../../../../shared/application/http/dispatch.ts';
import { identityApi } from '../../../../../shared/application/identity/identity-api.ts';
import type { Caller } from '../../../../../shared/contracts/handler.ts';
import type { identityRoutes } from '../../../../../shared/contracts/identity-routes.ts';
import type { Role } from '../../../../../shared/contracts/route.ts';
import { routes } from '../../../../../shared/contracts/routes.ts';
import type { ProfileId } from '../../../../../shared/domain/kernel/ids.ts';
import type { MemoryMachine } from '../../../../support/memory-machine.ts';

export interface Asked {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly role?: Role;
}

/** Somebody who decides who is one customer. */
export const desk =
  (machine: MemoryMachine) =>
  async (
    name: keyof typeof identityRoutes,
    { params = {}, query = {}, body = {}, role = 'ops' }: Asked = {},
  ) => {
    const caller: Caller = { kind: 'person', name: 'olga', roles: [role] };
    const answer = await dispatch(routes, identityApi(machine))(name, {
      params,
      query,
      body: JSON.stringify(body),
      caller,
    });
    return { status: answer.status, body: JSON.parse(answer.body) };
  };

export const member = ({ keyring }: MemoryMachine, number: string): ProfileId =>
  keyring.profileId('member', number);
export const phoneOf = ({ keyring }: MemoryMachine, number: string): ProfileId =>
  keyring.profileId('phone', number);
