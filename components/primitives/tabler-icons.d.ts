// Icons are imported one by one: the package's index holds 5,000, and each of its files comes without types.
declare module '@tabler/icons-react/dist/esm/icons/*.mjs' {
  const icon: import('@tabler/icons-react').Icon;
  export default icon;
}
