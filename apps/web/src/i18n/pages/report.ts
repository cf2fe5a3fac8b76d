import i18next from 'i18next';

/** Words of the dialog that reports wrong or dangerous content; loaded with it. */
export const report = {
  title: 'What is wrong or dangerous?',
  about: 'About: {{name}}',
  hint: 'Say what is wrong and, if you can, where it is written. Leave out names of owners, patients and clinics: the administrator of this installation reads it.',
  label: 'Your report',
  send: 'Send report',
  sent: 'Thank you. The administrator sees it now.',
  signIn: 'Sign in to send a report: an answer needs somebody to ask.',
  toSignIn: 'Sign in',
};
i18next.addResourceBundle('en', 'report', report);
