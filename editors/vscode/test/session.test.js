// The protocol library of the extension against the real server: FACTLINT names the command.
'use strict';

const assert = require('node:assert/strict');
const { spawn } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');
const { pathToFileURL } = require('node:url');
const p = require('vscode-languageserver-protocol/node');

const command = process.env.FACTLINT;
const article = (n) => `开发区分站上线\n\n当天，已有${n}多家本地供应商率先入驻该平台，企业参与热情高涨。\n`;

test('a session as VS Code would hold it', { skip: !command && 'FACTLINT names no command' }, async (t) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'factlint-'));
  t.after(() => fs.rmSync(folder, { recursive: true }));
  fs.writeFileSync(path.join(folder, '旧稿.md'), article(4000));
  const server = spawn(command, ['lsp'], { stdio: ['pipe', 'pipe', 'inherit'] });
  const ended = new Promise((resolve) => server.on('exit', resolve));
  const connection = p.createProtocolConnection(new p.StreamMessageReader(server.stdout), new p.StreamMessageWriter(server.stdin));
  const root = pathToFileURL(folder).href;
  const uri = `${root}/draft.md`;
  let fits = () => false;
  let found;
  connection.onNotification(p.PublishDiagnosticsNotification.type, (params) => {
    if (params.uri === uri && fits(params)) found(params);
  });
  connection.onRequest(p.ConfigurationRequest.type, () => [{ uiLang: 'zh' }]);
  connection.onRequest(p.RegistrationRequest.type, () => undefined);
  connection.onRequest(p.WorkDoneProgressCreateRequest.type, () => undefined);
  const opened = new Promise((resolve) => connection.onRequest(p.ShowDocumentRequest.type, (params) => {
    resolve(params);
    return { success: true };
  }));
  const marks = (test) => new Promise((resolve) => {
    [fits, found] = [test, resolve];
  });
  connection.listen();
  const { capabilities } = await connection.sendRequest(p.InitializeRequest.type, {
    processId: process.pid,
    rootUri: root,
    workspaceFolders: [{ uri: root, name: 'desk' }],
    capabilities: {
      general: { positionEncodings: ['utf-16'] },
      textDocument: { publishDiagnostics: { relatedInformation: true }, hover: { contentFormat: ['markdown'] } },
      window: { showDocument: { support: true }, workDoneProgress: true },
      workspace: { configuration: true, didChangeWatchedFiles: { dynamicRegistration: true } },
    },
  });
  assert.equal(capabilities.textDocumentSync.change, p.TextDocumentSyncKind.Incremental);
  await connection.sendNotification(p.InitializedNotification.type, {});
  const clash = marks((params) => params.version === 2 && params.diagnostics.length === 1);
  const textDocument = { uri, languageId: 'markdown', version: 1, text: article(4000) };
  await connection.sendNotification(p.DidOpenTextDocumentNotification.type, { textDocument });
  const at = { line: 2, character: 5 };
  await connection.sendNotification(p.DidChangeTextDocumentNotification.type, {
    textDocument: { uri, version: 2 },
    contentChanges: [{ range: { start: at, end: { line: 2, character: 6 } }, text: '5' }],
  });
  const [diagnostic] = (await clash).diagnostics;
  assert.equal(diagnostic.code, 'conflicting-figure');
  assert.equal(diagnostic.severity, p.DiagnosticSeverity.Error);
  assert.match(decodeURIComponent(diagnostic.relatedInformation[0].location.uri), /旧稿\.md$/);
  const hover = await connection.sendRequest(p.HoverRequest.type, { textDocument: { uri }, position: at });
  assert.match(hover.contents.value, /可比的理由/);
  const actions = await connection.sendRequest(p.CodeActionRequest.type, {
    textDocument: { uri },
    range: diagnostic.range,
    context: { diagnostics: [diagnostic] },
  });
  const open = actions.find((a) => a.command.command === 'factlint.openOther');
  await connection.sendRequest(p.ExecuteCommandRequest.type, open.command);
  assert.match(decodeURIComponent((await opened).uri), /旧稿\.md$/);
  const accepted = marks((params) => params.diagnostics.length === 0);
  const accept = actions.find((a) => a.command.command === 'factlint.accept').command;
  await connection.sendRequest(p.ExecuteCommandRequest.type, {
    command: accept.command,
    arguments: [{ ...accept.arguments[0], reason: '两处说的不是一回事' }],
  });
  await accepted;
  const baseline = JSON.parse(fs.readFileSync(path.join(folder, 'factlint-baseline.json'), 'utf8'));
  assert.equal(baseline.accepted[0].reason, '两处说的不是一回事');
  await connection.sendRequest(p.ShutdownRequest.type);
  await connection.sendNotification(p.ExitNotification.type);
  assert.equal(await ended, 0);
});
