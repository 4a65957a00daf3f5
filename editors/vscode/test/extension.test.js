// The extension with a VS Code and a language client that only remember what they were asked.
'use strict';

const assert = require('node:assert/strict');
const path = require('node:path');
const { test } = require('node:test');
const manifest = require('../package.json');
const { mockVscode, replace } = require('./mock.cjs');

const SOURCE = path.join(__dirname, '../src/extension.js');

/** The extension, activated; `fails` is the error with which the server does not start. */
async function activated({ settings, fails } = {}) {
  const vscode = mockVscode(settings);
  const clients = [];
  class LanguageClient {
    constructor(id, name, server, options) {
      Object.assign(this, { id, name, server, options, stopped: false });
      clients.push(this);
    }

    async start() {
      if (fails) throw new Error(fails);
    }

    async stop() {
      this.stopped = true;
    }
  }
  const undo = replace({ vscode, 'vscode-languageclient/node': { LanguageClient, TransportKind: { stdio: 0 } } });
  delete require.cache[SOURCE];
  const extension = require(SOURCE);
  await extension.activate({ subscriptions: [] });
  undo();
  return { vscode, clients, extension };
}

const range = (line, from, to) => ({
  start: { line, character: from },
  end: { line, character: to },
  contains: (at) => at.line === line && from <= at.character && at.character <= to,
});

test('the server is started for articles, with the command of the settings', async () => {
  const { clients } = await activated({ settings: { path: '/opt/factlint' } });
  assert.equal(clients.length, 1);
  assert.equal(clients[0].server.run.command, '/opt/factlint');
  assert.deepEqual(clients[0].server.run.args, ['lsp']);
  const languages = new Set(clients[0].options.documentSelector.map((s) => s.language));
  assert.deepEqual([...languages].map((l) => `onLanguage:${l}`), manifest.activationEvents);
});

test('a server that does not start is told with its cure', async () => {
  const { vscode, extension } = await activated({ fails: 'spawn ENOENT' });
  const [[kind, message]] = vscode.calls;
  assert.equal(kind, 'error');
  assert.match(message, /spawn ENOENT.*factlint\.path/);
  await extension.deactivate();
});

test('accepting asks for a reason, and without one nothing is accepted', async () => {
  const { vscode, clients } = await activated();
  const { executeCommand } = clients[0].options.middleware;
  const sent = [];
  const next = (command, args) => sent.push([command, args]);
  vscode.answers.input = undefined;
  await executeCommand('factlint.accept', [{ fingerprint: 'f' }], next);
  assert.deepEqual(sent, []);
  vscode.answers.input = ' 已核实 ';
  await executeCommand('factlint.accept', [{ fingerprint: 'f' }], next);
  await executeCommand('factlint.settle', [{ fingerprint: 'f', place: 0 }], next);
  assert.deepEqual(sent, [
    ['factlint.accept', [{ fingerprint: 'f', reason: '已核实' }]],
    ['factlint.settle', [{ fingerprint: 'f', place: 0 }]],
  ]);
  const [, box] = vscode.calls.find(([kind]) => kind === 'input');
  assert.ok(box.validateInput('  '));
  assert.equal(box.validateInput('已核实'), undefined);
});

test('the other side is opened, and chosen where there are several', async () => {
  const { vscode } = await activated();
  const show = vscode.registered['factlint.showOtherSide'];
  await show();
  assert.equal(vscode.calls.at(-1)[0], 'information');
  vscode.window.activeTextEditor = { document: { uri: 'draft' }, selection: { active: { line: 2, character: 8 } } };
  const side = (name) => ({ message: name, location: { uri: { path: name }, range: range(4, 0, 3) } });
  const finding = (source, where, ...sides) => ({ source, range: where, relatedInformation: sides });
  vscode.diagnostics = [
    finding('factlint', range(2, 7, 13), side('a.md')),
    finding('factlint', range(3, 7, 13), side('other line')),
    finding('spell', range(2, 7, 13), side('other tool')),
    { source: 'factlint', range: range(2, 7, 13) },
  ];
  await show();
  assert.deepEqual(vscode.calls.at(-1), ['show', { path: 'a.md' }, { selection: vscode.diagnostics[0].relatedInformation[0].location.range }]);
  vscode.diagnostics.push(finding('factlint', range(2, 0, 9), side('b.md')));
  vscode.answers.pick = 1;
  await show();
  assert.deepEqual(vscode.calls.at(-1)[1], { path: 'b.md' });
});

test('another path starts another server, another setting does not', async () => {
  const { vscode, clients } = await activated();
  await vscode.configurationChanged({ affectsConfiguration: (name) => name === 'factlint.uiLang' });
  assert.equal(clients.length, 1);
  await vscode.configurationChanged({ affectsConfiguration: (name) => name === 'factlint.path' });
  assert.deepEqual(clients.map((c) => c.stopped), [true, false]);
  await vscode.registered['factlint.restart']();
  assert.deepEqual(clients.map((c) => c.stopped), [true, true, false]);
});

test('the manifest and the code name the same commands, in both languages', async () => {
  const { vscode } = await activated();
  assert.deepEqual(manifest.contributes.commands.map((c) => c.command).sort(), Object.keys(vscode.registered).sort());
  const [en, zh] = [require('../package.nls.json'), require('../package.nls.zh-cn.json')];
  assert.deepEqual(Object.keys(zh), Object.keys(en));
  for (const [, key] of JSON.stringify(manifest).matchAll(/"%(\w+)%"/g)) assert.ok(en[key], key);
});

test('what is shipped loads with the real language client in it', () => {
  // Any name that the client takes from VS Code is a class; only loading is tried here.
  const vscode = new Proxy({}, { get: (all, name) => (all[name] ??= name === '__esModule' ? false : class {}) });
  const undo = replace({ vscode });
  const extension = require('../dist/extension.js');
  undo();
  assert.deepEqual(Object.keys(extension).sort(), ['activate', 'deactivate']);
});
