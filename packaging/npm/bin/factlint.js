#!/usr/bin/env node
// Starts the program that the package of this platform holds, and ends as it ends.
'use strict';

const { spawnSync } = require('node:child_process');

const platform = `${process.platform}-${process.arch}`;
const name = `factlint-${platform}`;

let program;
try {
  program = require.resolve(`${name}/bin/factlint${process.platform === 'win32' ? '.exe' : ''}`);
} catch {
  console.error(
    `factlint: there is no program for ${platform} here. If npm was told to leave out optional packages, install it again without ` +
      `that; if there is no package ${name}, install factlint with pip or cargo.`,
  );
  process.exit(2);
}

const done = spawnSync(program, process.argv.slice(2), { stdio: 'inherit', windowsHide: true });
if (done.error) {
  console.error(`factlint: cannot start ${program}: ${done.error.message}`);
  process.exit(2);
}
if (done.signal) {
  process.kill(process.pid, done.signal);
}
process.exit(done.status ?? 2);
