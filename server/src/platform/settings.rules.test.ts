import { expect, test } from 'vitest'
import { readSettings } from './settings.ts'
import { StartupError } from './startup-error.ts'

test('without any variable the server listens on this machine only and keeps its data beside the project', () => {
  expect(readSettings({}, '/srv/tiejun')).toEqual({
    port: 8080,
    host: '127.0.0.1',
    dataDir: '/srv/tiejun/data',
    databaseUrl: undefined,
    keyFile: '/srv/tiejun/data/secret.key',
    county: 'demo',
  })
})

test('every variable is heard, and relative paths count from where the command was given', () => {
  const env = {
    PORT: '80',
    HOST: '::',
    DATA_DIR: '../d',
    DATABASE_URL: 'postgres://db/county',
    KEY_FILE: 'k',
  }
  expect(readSettings({ ...env, KEY_FILE: 'k', COUNTY: 'empty' }, '/srv/tiejun')).toEqual({
    port: 80,
    host: '::',
    dataDir: '/srv/d',
    databaseUrl: 'postgres://db/county',
    keyFile: '/srv/tiejun/k',
    county: 'empty',
  })
})

test.each(['0', '65536', '80a', '-1', '1e3', '8080.5'])(
  'PORT %s is refused with the allowed range',
  (PORT) => {
    expect(() => readSettings({ PORT })).toThrow(StartupError)
    expect(() => readSettings({ PORT })).toThrow(/65535/)
  },
)

test.each(['localhost', 'mysql://a:geheim@b/c', 'a:geheim@b'])(
  'the DATABASE_URL %s is refused without repeating the password',
  (DATABASE_URL) => {
    expect(() => readSettings({ DATABASE_URL })).toThrow(StartupError)
    expect(() => readSettings({ DATABASE_URL })).not.toThrow(/geheim/)
  },
)

test('a COUNTY that is neither is refused, rather than filled with invented people', () => {
  expect(() => readSettings({ COUNTY: 'none' })).toThrow(StartupError)
})
