/** Two requests at once: the session that each of them carries tells what was before the other. */
import type { User } from '@mozarela/contract/auth';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Desk, openDesk } from '../../../test/desk.ts';
import { ACCOUNTS } from '../../seams/database/port.ts';

describe('a change of a profile whose session is stale', () => {
  let desk: Desk;
  beforeEach(async () => {
    desk = await openDesk();
    // The session is in the cache from now on; what follows changes the rows past it.
    await desk.vet.ask('GET', '/api/me');
    await desk.container.database.write(ACCOUNTS, async (trx) => {
      const { userId, clinicId } = desk.vet;
      const names = { full_name: 'New Name', email: 'new@b.example' };
      await trx.updateTable('users').set(names).where('id', '=', userId).execute();
      await trx.updateTable('clinics').set({ name: 'New Clinic' }).where('id', '=', clinicId).execute();
    });
  });
  afterEach(() => desk.close());

  const change = (body: Record<string, string>) =>
    desk.vet.ask('PATCH', '/api/me', { 'Content-Type': 'application/json' }, undefined, JSON.stringify(body));

  it('writes what was sent, and answers what is there', async () => {
    const answer = await change({ clinicName: ' Sent Clinic ' });
    expect(answer.status).toBe(200);
    expect((await answer.json()) as User).toMatchObject({
      fullName: 'New Name',
      email: 'new@b.example',
      clinic: { name: 'Sent Clinic' },
    });
    const second = (await (await change({ fullName: 'Sent Name' })).json()) as User;
    expect(second).toMatchObject({ fullName: 'Sent Name', clinic: { name: 'Sent Clinic' } });
  });

  it('takes no e-mail of before back without the password', async () => {
    expect((await change({ email: 'vet@b.example' })).status).toBe(422);
    expect((await change({ email: 'new@b.example' })).status).toBe(200);
  });

  it('renames no clinic of which the person is not the owner any more', async () => {
    const { container, vet } = desk;
    await container.database.write(ACCOUNTS, (trx) =>
      trx.updateTable('memberships').set({ role: 'vet' }).where('user_id', '=', vet.userId).execute(),
    );
    expect((await change({ clinicName: 'Mine' })).status).toBe(403);
  });
});
