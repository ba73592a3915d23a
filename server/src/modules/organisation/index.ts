export { DEMO_PASSWORD, demoAccounts } from './demo/accounts.ts'
export { installDemoPeople } from './demo/people.store.ts'
export { installOrganisation } from './installation.store.ts'
export { readPosts } from './post-holders.views.ts'
