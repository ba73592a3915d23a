import { AS_OF_ERRORS } from '../platform/as-of.ts'
import { endpoint } from '../platform/endpoints.ts'
import { CardPersonExportQuery, CardPersonListQuery, CardPersonPage } from './persons.ts'

/** The persons on the household cards; they are changed on their card. */
export const cardPersonEndpoints = {
  list: endpoint({
    method: 'GET',
    path: '/persons',
    summary: '档卡人员列表',
    action: 'households.view',
    query: CardPersonListQuery,
    response: CardPersonPage,
    errors: ['unknown_filter', 'not_found', ...AS_OF_ERRORS],
  }),
  export: endpoint({
    method: 'GET',
    path: '/persons/export',
    summary: '导出档卡人员列表',
    description:
      'The rows the list shows with the same filters, all pages, masked as there. The export is audited.',
    action: 'households.export',
    query: CardPersonExportQuery,
    response: 'file',
    errors: ['unknown_filter', 'not_found', ...AS_OF_ERRORS],
  }),
}
