import { Administrator } from '@tiejun/contract/platform/administrators.ts'
import { Secret, TOTP } from 'otpauth'
import { newId } from '../platform/ids.ts'
import { processActor, SELF } from '../platform/permissions/actor.ts'
import { hashPassword } from '../platform/sign-in/passwords.ts'
import type { Client, TestApp } from './test-app.ts'

export const TEST_PASSWORD = 'Tiejun@2018'
const hashed = hashPassword(TEST_PASSWORD)

interface Wanted {
  username: string
  administrator?: Administrator | null
  personId?: string | null
  mustChangePassword?: boolean
  /** Base32; binds the second factor at once. */
  secondFactor?: string
}

/** Makes an account with TEST_PASSWORD, ready to sign in unless told; returns its id. */
export async function makeAccount(test: TestApp, wanted: Wanted): Promise<string> {
  const id = newId()
  const { secondFactor } = wanted
  await test.db.asActor(processActor('test'), SELF, async (tx) =>
    tx
      .insertInto('accounts')
      .values({
        id,
        username: wanted.username,
        display_name: `测试 ${wanted.username}`,
        person_id: wanted.personId ?? null,
        administrator: wanted.administrator ?? null,
        password_hash: await hashed,
        must_change_password: wanted.mustChangePassword ?? false,
        second_factor_secret: secondFactor ? test.vault.encrypt(secondFactor) : null,
        second_factor_confirmed_at: secondFactor ? test.clock.now() : null,
        created_at: test.clock.now(),
      })
      .execute(),
  )
  return id
}

/** The six digits an authenticator shows at an instant. */
export const codeAt = (base32: string, now: Date): string =>
  new TOTP({ secret: Secret.fromBase32(base32) }).generate({ timestamp: now.getTime() })

/** Makes one of the three administrators and signs in as it, with the second factor. */
export async function signInAdministrator(
  test: TestApp,
  administrator: Administrator,
  username = `test-${administrator}`,
): Promise<Client> {
  const secondFactor = new Secret({ size: 20 }).base32
  await makeAccount(test, { username, administrator, secondFactor })
  return test.signIn(username, TEST_PASSWORD, codeAt(secondFactor, test.clock.now()))
}
