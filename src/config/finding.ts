/** A fault stops the start; a warning is logged at the start. */
export interface Finding {
  severity: 'fault' | 'warning';
  /** Names the setting and says what to set instead. */
  message: string;
}

export const fault = (message: string): Finding => ({ severity: 'fault', message });
export const warning = (message: string): Finding => ({ severity: 'warning', message });

export const messagesOf = (severity: Finding['severity'], findings: Finding[]): string[] =>
  findings.filter(finding => finding.severity === severity).map(({ message }) => message);

/** A sentence for the operator, and whether it applies to the settings. */
type Rule = [applies: boolean | undefined, sentence: string];

export const applying = (rules: Rule[]): string[] =>
  rules.filter(([applies]) => applies).map(([, sentence]) => sentence);

export const faults = (rules: Rule[]): Finding[] => applying(rules).map(fault);
export const warnings = (rules: Rule[]): Finding[] => applying(rules).map(warning);
