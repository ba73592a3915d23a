import { choice, date, money, requiredChoice, requiredText, text } from './field-kinds.ts'

/** 帮扶责任人: a cadre who answers for the household, with the time of doing so. */
export const helperTyped = {
  helperName: requiredText('Name of the responsible helper', {
    source: 'S4',
    maxLength: 40,
    personal: 'personal',
  }),
  unit: text("The helper's unit as printed on the card", { source: 'S4', maxLength: 100 }),
  unitLevel: choice('unit_level', 'Level of government the unit belongs to', { source: 'BK' }),
  post: text('Office the helper holds in that unit', { source: 'S4', maxLength: 60 }),
  phone: text('Phone of the helper', { source: 'S4', maxLength: 20, personal: 'personal' }),
  politicalStatus: choice('political_status', 'Political status of the helper', {
    source: 'BK',
    personal: 'personal',
  }),
  startedOn: date('First day of helping', { source: 'BK' }),
  endedOn: date('Last day of helping; null while it lasts', { source: 'BK' }),
}

/** 帮扶措施: one thing done for the household. */
export const measureTyped = {
  category: requiredChoice('measure_category', 'Category of the project', { source: 'S4' }),
  unit: text('Unit that gave the help', { source: 'S4', maxLength: 100 }),
  content: text('What was done', { source: 'S4', maxLength: 500 }),
  costFen: money('What it cost', { source: 'S4' }),
  providedOn: date('Day the help was given', { source: 'S4' }),
  needs: text('What the household needs to stay out of poverty', { source: 'S4', maxLength: 500 }),
  plan: text('What is planned', { source: 'S4', maxLength: 500 }),
  effect: text('What it brought, development by own effort included', { source: 'S4', maxLength: 500 }),
  effectOn: date('Day the effect was recorded', { source: 'S4' }),
}
