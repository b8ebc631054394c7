export declare const soundFolder: string;
export declare function makeSounds(): Record<string, Buffer>;
