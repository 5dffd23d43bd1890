import type { MembersReport } from '../../shared/application/import/members/members-report.ts';

const counted = (counts: Readonly<Record<string, number>>): string =>
  Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ') || 'none';

/** The report for people; `what` is what a line of the file stands for. */
export function membersInWords(report: MembersReport): string {
  const {
    dryRun,
    lines,
    taken,
    unchanged,
    repeated,
    passedOver,
    refused,
    known,
    phones,
    emails,
    consents,
    withoutConsent,
  } = report;
  const likely = Object.values(report.possibleDuplicates).reduce((sum, count) => sum + count, 0);
  return [
    `${lines} lines: ${taken} ${dryRun ? 'would be taken' : 'taken'}, ${unchanged} said nothing new, ${repeated} repeated a line before, ${passedOver} passed over, ${refused} refused.`,
    `Known customers: ${known}. Phone numbers ${phones}, e-mail addresses ${emails}.`,
    `Consent: e-mail ${consents.email.granted} granted, ${consents.email.withdrawn} withdrawn; SMS ${consents.sms.granted} granted, ${consents.sms.withdrawn} withdrawn. ${withoutConsent} allow no channel, and may not be written to unless they said so elsewhere.`,
    `Events: ${counted(report.events)}.`,
    `Passed over: ${counted(report.passedOverByCode)}. Cells left out: ${counted(report.leftOutByCode)}. Refused: ${counted(report.refusedByCode)}.`,
    `Possible duplicates under different member numbers: ${counted(report.possibleDuplicates)}${likely > 0 && !dryRun ? `; ${report.proposed} new merge proposals` : ''}.`,
    ...report.findings.map(({ line, code, message }) => `  line ${line}: ${code}: ${message}`),
  ].join('\n');
}
