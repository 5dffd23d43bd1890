import { describe, expect, it } from 'vitest';
import { readPersonal } from '../../../../../shared/application/customers/contact.ts';
import { aSubmission } from '../../../../builders/a-submission.ts';
import { Died } from '../../../../support/faults.ts';
import { memoryMachine, tell } from '../../../../support/memory-machine.ts';

describe('what the vault keeps', () => {
  const said = (occurredAt: string, data: Record<string, unknown>) =>
    aSubmission('member.updated', { occurredAt, data: { homeStore: undefined, ...data } });
  const monday = said('2026-03-02T10:00:00Z', { name: 'Ada Jansen', birthday: '1988-05-17' });
  const tuesday = said('2026-03-03T10:00:00Z', { name: 'Ada Vermeer' });

  it.each([
    ['in order', [[monday], [tuesday]]],
    ['late', [[tuesday], [monday]]],
    ['together', [[monday, tuesday]]],
    ['together and turned round', [[tuesday, monday]]],
  ])('is the latest word of each field, told %s', async (_how, batches) => {
    const machine = memoryMachine();
    for (const batch of batches) await tell(machine, ...batch);

    const profiles = [machine.keyring.profileId('member', 'M-1')];
    expect(await readPersonal(machine, profiles, 'name')).toBe('Ada Vermeer');
    expect(await readPersonal(machine, profiles, 'birthday')).toBe('1988-05-17');
    expect(await readPersonal(machine, profiles, 'address')).toBeUndefined();
  });

  it('of several profiles is the latest word of any', async () => {
    const machine = memoryMachine();
    const by = (ids: Record<string, string>, occurredAt: string, name: string) =>
      aSubmission('member.updated', { ids, occurredAt, data: { name } });
    await tell(
      machine,
      by({ member: 'M-1' }, '2026-03-02T10:00:00Z', 'first'),
      by({ device: 'd' }, '2026-03-03T10:00:00Z', 'last'),
    );
    const profiles = [machine.keyring.profileId('member', 'M-1'), machine.keyring.profileId('device', 'd')];

    expect(await readPersonal(machine, profiles, 'name')).toBe('last');
    expect(await readPersonal(machine, profiles.toReversed(), 'name')).toBe('last');
    await machine.keyring.forget(machine.keyring.profileId('device', 'd'));
    expect(await readPersonal(machine, profiles, 'name')).toBe('first');
  });

  it('is nothing any more once the key is destroyed, and what is said later counts again', async () => {
    const machine = memoryMachine();
    const member = machine.keyring.profileId('member', 'M-1');
    await tell(machine, monday);

    await machine.keyring.forget(member);
    expect(await readPersonal(machine, [member], 'name')).toBeUndefined();

    await tell(machine, tuesday);
    expect(await readPersonal(machine, [member], 'name')).toBe('Ada Vermeer');
    expect(await readPersonal(machine, [member], 'birthday')).toBeUndefined();
  });

  it('that cannot be opened for another reason is an error and not silence', async () => {
    const machine = memoryMachine();
    await tell(machine, monday);
    const keyring = { ...machine.keyring, open: () => Promise.reject(new Died()) };

    await expect(
      readPersonal({ ...machine, keyring }, [machine.keyring.profileId('member', 'M-1')], 'name'),
    ).rejects.toBeInstanceOf(Died);
  });
});
