/** The page inside a panel's frame, as one text; see scripts/panel-page-plugin.mjs. */
declare module 'virtual:panel-page' {
  const html: string;
  export default html;
}
