export const messages = {
  codes: {
    malformed_request: {
      title: 'The request was not understood',
      advice:
        'Reload the page and try again. If it happens again, tell the system administrator the reference.',
    },
    unknown_filter: {
      title: 'A filter in the address cannot be used',
      advice: 'Clear the filters and choose again.',
    },
    not_signed_in: {
      title: 'Your session has ended',
      advice: 'Sign in again; you will come back to this page.',
    },
    sign_in_failed: {
      title: 'User name or password is wrong',
      advice: 'Check both and try again. After 5 failures the account is locked for a while.',
    },
    account_locked: {
      title: 'The account is locked',
      advice: 'Try again later, or ask the system administrator to unlock it.',
    },
    second_factor_required: {
      title: 'A one-time code is needed',
      advice: 'Open your authenticator and enter the 6 digits it shows.',
    },
    second_factor_wrong: {
      title: 'The one-time code is wrong',
      advice: 'Wait for the next 6 digits and enter them; check that the clock of your phone is right.',
    },
    csrf_token_wrong: { title: 'This page is out of date', advice: 'Reload the page and try again.' },
    forbidden: {
      title: 'Your post does not allow this',
      advice: 'If your work needs it, ask the security administrator.',
    },
    password_change_required: {
      title: 'The first password must be changed',
      advice: 'Change it under My account, then continue.',
    },
    second_factor_enrolment_required: {
      title: 'A second factor must be set up',
      advice: 'Set it up under My account, then continue.',
    },
    not_found: {
      title: 'Not found',
      advice:
        'The record may have been withdrawn or lie outside your reach. Go back to the list and look again.',
    },
    action_not_allowed: {
      title: 'Not possible in the present state',
      advice: 'The record may have moved on. Reload the page to see what is possible now.',
    },
    changed_meanwhile: {
      title: 'Somebody else has changed this',
      advice: 'Look at the present contents, then save again. What you entered is not lost.',
    },
    already_exists: {
      title: 'There is one like this already',
      advice: 'Look for the existing record first, or change the number or name.',
    },
    roles_exclude_each_other: {
      title: 'The three administrators must be different persons',
      advice: 'Choose somebody else for this task.',
    },
    undo_blocked: {
      title: 'Cannot be undone',
      advice: 'Later work builds on these data. Settle the items listed first.',
    },
    import_has_problems: {
      title: 'The file still has problems',
      advice: 'Correct the file by the list of problems and upload it again.',
    },
    as_of_out_of_range: {
      title: 'Nothing is recorded for that time',
      advice: 'It lies before the first record or after now. Choose another date, or go back to now.',
    },
    invalid_fields: {
      title: 'Some entries need correcting',
      advice: 'Follow the hints below each entry, then save again.',
    },
    password_too_weak: {
      title: 'The password is too weak',
      advice: 'Use at least 10 characters of three kinds, without the user name, and not a common password.',
    },
    workbook_unreadable: {
      title: 'The file cannot be read',
      advice: 'Open it in Excel or WPS, save it as .xlsx and upload that; CSV must be UTF-8 or GB18030.',
    },
    file_too_large: { title: 'The file is too large', advice: 'Split it and upload the parts one by one.' },
    too_many_requests: { title: 'Too many requests', advice: 'Wait a minute and try again.' },
    internal: {
      title: 'The system has failed',
      advice: 'Try again later. If it happens again, tell the system administrator the reference.',
    },
    not_ready: {
      title: 'The system is not available',
      advice: 'It is starting or under maintenance; try again in a moment.',
    },
    unreachable: {
      title: 'The server cannot be reached',
      advice: 'Check the network and try again. What you entered is still on the page.',
    },
    unexpected: {
      title: 'This page has failed',
      advice: 'Reload the page. If it happens again, tell the system administrator.',
    },
  },
  fields: {
    unknown: 'Not acceptable; please check ({{code}})',
    required: 'This entry is needed',
    invalid_type: 'Enter this in the format asked for',
    invalid_value: 'Choose one of the options',
    invalid_format: 'The format is wrong; please check',
    invalid_union: 'Not acceptable; please check',
    too_small: 'Below the limit of {{minimum}}; please check',
    too_big: 'Above the limit of {{maximum}}; please check',
    not_multiple_of: 'Too precise a number; please check',
    unknown_field: 'Contains something unknown; reload the page and try again',
    invalid_key: 'Contains something unknown; reload the page and try again',
    invalid_element: 'Something in it is not acceptable; please check',
    invalid: 'Not acceptable; please check',
    already_exists: 'There is one like this already; please change it',
    not_found: 'The record chosen does not exist or lies outside your reach; choose again',
    too_short: 'A password has at least 10 characters; make it longer',
    too_few_kinds: 'Use three of: capital letters, small letters, digits, signs',
    contains_username: 'The password must not contain the user name; choose another',
    too_simple: 'This password is easily guessed; choose another',
    unchanged: 'The new password must differ from the old one; choose another',
    moments_not_in_order: 'The earlier day lies after the later one; swap them or choose others',
    months_not_in_order: 'The first month lies after the last; swap them or choose others',
    month_in_future: 'At the latest {{latest}}; choose another month',
    unknown_person: 'There is no such person; choose again',
    wrong_password: 'The present password is wrong; enter it again',
  },
}
