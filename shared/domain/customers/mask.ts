/** Shows enough of a value to recognise it by, and not enough to use it. */
export const mask = {
  /** Ada Vermeer → A** V****** */
  name: (name: string): string => name.replace(/(?<=\S)\S/gu, '*'),
  /** ada.vermeer@example.com → a**********@example.com */
  email: (email: string): string => email.replace(/(?<=.).(?=.*@)/gu, '*'),
  /** +31612345678 → +31*******78 */
  phone: (phone: string): string =>
    phone.slice(0, 3) + '*'.repeat(Math.max(0, phone.length - 5)) + phone.slice(-2),
} as const;
