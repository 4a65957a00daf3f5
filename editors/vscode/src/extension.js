// Starts `factlint lsp` and does what only an editor can: asks for a reason, opens the other side.
'use strict';

const vscode = require('vscode');
const { LanguageClient, TransportKind } = require('vscode-languageclient/node');

const LANGUAGES = ['markdown', 'plaintext', 'html'];

/** @type {LanguageClient | undefined} */
let client;

const chinese = () => {
  const set = vscode.workspace.getConfiguration('factlint').get('uiLang', 'auto');
  return set === 'zh' || (set !== 'en' && vscode.env.language.toLowerCase().startsWith('zh'));
};
const pick = (zh, en) => (chinese() ? zh : en);

/** The reason why a finding is accepted; undefined where the box was left. */
async function reason() {
  const prompt = pick('为什么接受？理由会写进基线文件。', 'Why is it accepted? The reason goes into the baseline file.');
  const said = await vscode.window.showInputBox({
    prompt,
    validateInput: (text) => (text.trim() ? undefined : pick('请写一句理由', 'Give a reason')),
  });
  return said === undefined ? undefined : said.trim();
}

/** Has the server run a command; accepting asks for a reason first. */
async function executeCommand(command, args, next) {
  const [argument] = args;
  if (command === 'factlint.accept' && argument && !argument.reason) {
    const said = await reason();
    if (!said) return undefined;
    return next(command, [{ ...argument, reason: said }]);
  }
  return next(command, args);
}

/** The other sides of the findings at the cursor. */
function otherSides(editor) {
  const cursor = editor.selection.active;
  return vscode.languages
    .getDiagnostics(editor.document.uri)
    .filter((d) => d.source === 'factlint' && d.range.contains(cursor))
    .flatMap((d) => d.relatedInformation || []);
}

async function showOtherSide() {
  const editor = vscode.window.activeTextEditor;
  const sides = editor ? otherSides(editor) : [];
  if (sides.length === 0) {
    vscode.window.showInformationMessage(pick('光标处没有不一致。', 'No discrepancy at the cursor.'));
    return;
  }
  const items = sides.map((side) => ({
    label: side.message,
    description: `${vscode.workspace.asRelativePath(side.location.uri)}:${side.location.range.start.line + 1}`,
    side,
  }));
  const chosen = items.length === 1 ? items[0] : await vscode.window.showQuickPick(items);
  if (chosen) {
    const { uri, range } = chosen.side.location;
    await vscode.window.showTextDocument(uri, { selection: range });
  }
}

async function start() {
  const command = vscode.workspace.getConfiguration('factlint').get('path', 'factlint');
  const run = { command, args: ['lsp'], transport: TransportKind.stdio };
  client = new LanguageClient('factlint', 'factlint', { run, debug: run }, {
    documentSelector: LANGUAGES.flatMap((language) => ['file', 'untitled'].map((scheme) => ({ scheme, language }))),
    synchronize: { configurationSection: 'factlint' },
    middleware: { executeCommand },
  });
  try {
    await client.start();
  } catch (error) {
    client = undefined;
    const zh = `无法启动 ${command}：${error.message}。请先安装 factlint，或在设置 factlint.path 中写明路径。`;
    const en = `Cannot start ${command}: ${error.message}. Install factlint, or name its path in the setting factlint.path.`;
    vscode.window.showErrorMessage(pick(zh, en));
  }
}

async function stop() {
  const running = client;
  client = undefined;
  if (running) await running.stop();
}

async function activate(context) {
  context.subscriptions.push(
    vscode.commands.registerCommand('factlint.showOtherSide', showOtherSide),
    vscode.commands.registerCommand('factlint.restart', async () => {
      await stop();
      await start();
    }),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration('factlint.path')) {
        await stop();
        await start();
      }
    }),
  );
  await start();
}

module.exports = { activate, deactivate: stop };
