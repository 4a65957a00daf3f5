#!/usr/bin/env node
// Makes the npm packages of a version: `factlint`, which starts the program, and one package for each platform, which holds it.
//
// usage: node packaging/npm/build.mjs OUT PLATFORM=PROGRAM…
//
// PLATFORM is `linux-x64`, `darwin-arm64`, `win32-x64` …: process.platform and process.arch of Node. The version is that of Cargo.toml.
import { chmodSync, copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const PLATFORMS = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win32-x64', 'win32-arm64'];
const here = dirname(fileURLToPath(import.meta.url));
const root = resolve(here, '../..');

function fail(message) {
  console.error(`build.mjs: ${message}`);
  process.exit(2);
}

const [out, ...programs] = process.argv.slice(2);
if (!out || programs.length === 0) fail('usage: build.mjs OUT PLATFORM=PROGRAM…');
const version = /^version = "([^"]+)"$/m.exec(readFileSync(join(root, 'Cargo.toml'), 'utf8'))?.[1];
if (!version) fail('Cargo.toml states no version');

const main = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'));
const licences = (folder) => ['LICENSE-MIT', 'LICENSE-APACHE'].forEach((f) => copyFileSync(join(root, f), join(folder, f)));
const write = (folder, manifest) => writeFileSync(join(folder, 'package.json'), `${JSON.stringify(manifest, null, 2)}\n`);

const needs = {};
for (const given of programs) {
  const [platform, program] = given.split(/=(.*)/s);
  if (!PLATFORMS.includes(platform) || !program) fail(`${given}: write PLATFORM=PROGRAM; the platforms are ${PLATFORMS.join(', ')}`);
  const [os, cpu] = platform.split('-');
  const name = `${main.name}-${platform}`;
  const folder = join(out, name);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(folder, 'bin'), { recursive: true });
  const target = join(folder, 'bin', os === 'win32' ? 'factlint.exe' : 'factlint');
  copyFileSync(program, target);
  chmodSync(target, 0o755);
  licences(folder);
  writeFileSync(join(folder, 'README.md'), `The program of [factlint](https://www.npmjs.com/package/factlint) for ${platform}.\n`);
  const { description, license } = main;
  write(folder, { name, version, description, license, os: [os], cpu: [cpu], files: ['bin', 'LICENSE-MIT', 'LICENSE-APACHE'] });
  needs[name] = version;
}

const folder = join(out, main.name);
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
cpSync(join(here, 'bin'), join(folder, 'bin'), { recursive: true });
copyFileSync(join(here, 'README.md'), join(folder, 'README.md'));
licences(folder);
write(folder, { ...main, version, optionalDependencies: needs });
