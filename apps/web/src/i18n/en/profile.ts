export const profile = { title: '' };
