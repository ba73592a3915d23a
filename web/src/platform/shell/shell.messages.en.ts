export const messages = {
  brand: 'Tiejun · poverty alleviation work system',
  brandShort: 'Tiejun',
  demo: 'Demo county',
  demoHint: 'Demonstration data; all persons are invented',
  language: 'Language',
  signOut: 'Sign out',
  account: 'My account',
  groups: { work: 'Work', administration: 'Administration' },
  home: { title: 'Home' },
  notFound: {
    title: 'There is no such page',
    advice: 'Check the address, or choose a page from the menu.',
    home: 'Go to the first page',
  },
  crashed: {
    title: 'This page has failed',
    advice: 'Reload the page. If it happens again, note what you did and tell the system administrator.',
    reload: 'Reload',
  },
  updated: { title: 'The system was updated', advice: 'Reload the page to use the new version.' },
}
