import { buildIfStale } from "./build";

buildIfStale((line) => void process.stderr.write(`· ${line}\n`));
