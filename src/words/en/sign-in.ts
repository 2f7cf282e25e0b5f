/** Signing in, out, and the first time. */
export const signIn = {
  title: 'Sign in',
  name: 'Name',
  password: 'Password',
  newPassword: 'New password',
  again: 'The same password again',
  shortest: (letters: number) =>
    `At least ${letters} characters; a few words that belong to nobody else are good.`,
  submit: 'Sign in',
  forgotten: 'Forgotten the password?',
  forgottenText: 'On the computer that runs boomsync, this makes a link that lets you in:',
  nobodyYet:
    'Nobody can sign in yet. Open the link that boomsync printed when it was started, or make another with:',
  wrong: 'This name and password do not fit together. After several tries it takes a few seconds to look.',
  busy: 'Very many are trying to sign in at this moment. Nothing was looked at: try again in a minute.',
  elsewhere: 'This form did not come from this page. Load it again and try once more.',

  moment: 'One moment…',
  goOn: 'Go on',

  firstTitle: 'Welcome to boomsync',
  firstText: 'You are the first, and so the owner: choose how you sign in from now on.',
  firstSubmit: 'Begin',
  linkTitle: (name: string) => `Sign in as ${name}`,
  linkText: 'Choose a new password, or leave both fields empty and keep the one you have.',
  linkFirstText: 'Choose your password.',

  deadTitle: 'This link does not work any more',
  deadText: 'It was used, it is too old, or a newer one was made.',
  deadFirstRemedy:
    'While nobody has signed in yet, boomsync prints a new one each time it is started. Or make one with:',
  deadRemedy: 'On the computer that runs boomsync, make another with:',

  faults: {
    nameEmpty: 'Give a name.',
    nameLong: 'Give a name of at most 80 letters.',
    nameOdd: 'This name holds signs that cannot be shown. Give another.',
    nameTaken: 'Somebody has this name already. Give another.',
    short: (letters: number) => `The password is too short: give at least ${letters} characters.`,
    long: 'The password is too long.',
    differ: 'The two passwords are not the same.',
  },

  changed: 'Your password is changed. Wherever else you were signed in, you are not any more.',
  wrongOld: 'That is not your password of now. Nothing was changed.',
  signedOutEverywhere: 'You are signed out everywhere.',
  userAdded: (name: string) => `${name} can sign in from now on.`,
  userAddedRemedy: 'Give them this link: it works once, for 24 hours, and there they choose a password.',
  userAddedNoAddress:
    'Give them this, with the address by which they reach boomsync in front of it. It works once, for 24 hours, and there they choose a password.',
  userStopped: (name: string) => `${name} cannot sign in any more.`,
  userLet: (name: string) => `${name} can sign in again.`,
  userUnknown: 'There is no such person.',
  userLast: 'One owner has to be able to sign in. Nothing was changed.',
  keyMade: (name: string) => `The key for ${name} works from now on.`,
  keyStopped: 'This key does not work any more.',
  keyUnknown: 'There is no such key, or it was stopped already.',
  notForScripts: 'Only a person who is signed in can do this.',
};
