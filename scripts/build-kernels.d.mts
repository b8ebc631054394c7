export declare const compiledPath: string;
export declare function compileKernels(): Promise<string>;
