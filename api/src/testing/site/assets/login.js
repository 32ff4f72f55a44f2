export const page = 'login'
