/** The entries of an application's activity log that say what no other read says; their `details` are undocumented. */
export const DECISION_MADE = 'decision_made';
export const APPLICATION_MERGED = 'application_merged';
export const BOOM_PUSH = 'push_applicants_to_property_management_system';

export const ACTIVITY_TYPES: readonly string[] = [DECISION_MADE, APPLICATION_MERGED, BOOM_PUSH];
