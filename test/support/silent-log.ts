/** Import it first: functions that fail on purpose then leave no lines between the tests' results. */
process.env['POWERTOOLS_LOG_LEVEL'] = 'SILENT';
