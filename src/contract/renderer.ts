/** Renderer strings of WebGL without a graphics processor: Chromium's, Mesa's and Windows' own. */
const softwareNames = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Whether a WebGL renderer string names a program that draws on the processor. */
export function isSoftwareRenderer(renderer: string): boolean {
  return softwareNames.test(renderer);
}

/** The renderer string of a WebGL context. */
export function rendererOf(gl: WebGLRenderingContext | WebGL2RenderingContext): string {
  const names = gl.getExtension('WEBGL_debug_renderer_info');
  return String(gl.getParameter(names === null ? gl.RENDERER : names.UNMASKED_RENDERER_WEBGL));
}
