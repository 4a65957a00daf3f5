// A `vscode` that remembers what it was asked, for tests without VS Code.
'use strict';

const Module = require('node:module');

/** Puts `mocks` (name → module) in the place of modules from here on; leaves what undoes it. */
function replace(mocks) {
  const load = Module._load;
  Module._load = function (name, ...rest) {
    return Object.hasOwn(mocks, name) ? mocks[name] : load.call(this, name, ...rest);
  };
  return () => {
    Module._load = load;
  };
}

function mockVscode(settings = {}) {
  const calls = [];
  const note = (name, answer) => (...args) => {
    calls.push([name, ...args]);
    return typeof answer === 'function' ? answer(...args) : answer;
  };
  const disposable = { dispose() {} };
  const vscode = {
    calls,
    answers: {},
    registered: {},
    configurationChanged: undefined,
    diagnostics: [],
    env: { language: 'en' },
    workspace: {
      getConfiguration: () => ({ get: (key, otherwise) => settings[key] ?? otherwise }),
      asRelativePath: (uri) => uri.path,
      onDidChangeConfiguration: (listener) => {
        vscode.configurationChanged = listener;
        return disposable;
      },
    },
    commands: {
      registerCommand: (name, run) => {
        vscode.registered[name] = run;
        return disposable;
      },
    },
    languages: { getDiagnostics: () => vscode.diagnostics },
    window: {
      activeTextEditor: undefined,
      showInputBox: note('input', () => vscode.answers.input),
      showQuickPick: note('pick', (items) => items[vscode.answers.pick]),
      showInformationMessage: note('information'),
      showErrorMessage: note('error'),
      showTextDocument: note('show'),
    },
  };
  return vscode;
}

module.exports = { mockVscode, replace };
