/** Who asks, where somebody asks by command: whoever may use this computer's account. */
export const AT_THE_TERMINAL = 'terminal';
