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

/** True where one of Phaser's renderers draws with WebGL and without a graphics processor: every pixel costs the processor. */
export function drawsInSoftware(renderer: object | null): boolean {
  if (renderer === null || !('gl' in renderer)) return false;
  return isSoftwareRenderer(rendererOf(renderer.gl as WebGLRenderingContext));
}
