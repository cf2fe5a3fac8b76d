export const protocols = { title: '' };
