/** The least and the most that can be answered: would recommend, was satisfied, found it easy. */
const scales = { nps: [0, 10], csat: [1, 5], ces: [1, 7] } as const;

export const surveyKinds = ['nps', 'csat', 'ces'] as const satisfies readonly (keyof typeof scales)[];
export type SurveyKind = (typeof surveyKinds)[number];

export const scaleOf = (kind: SurveyKind): readonly [least: number, most: number] => scales[kind];
