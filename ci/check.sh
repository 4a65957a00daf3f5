#!/usr/bin/env bash
# What action.yml runs. Its inputs come as environment variables and are never put into a command by their text.
set -euo pipefail

args=(check --format github)
[ -z "${FACTLINT_SINCE:-}" ] || args+=("--since=$FACTLINT_SINCE")
[ -z "${FACTLINT_FAIL_ON:-}" ] || args+=("--fail-on=$FACTLINT_FAIL_ON")
[ -z "${FACTLINT_SARIF:-}" ] || args+=("--out=sarif=$FACTLINT_SARIF")
[ -z "${FACTLINT_UI_LANG:-}" ] || args+=("--ui-lang=$FACTLINT_UI_LANG")
while IFS= read -r path; do
    [ -z "$path" ] || args+=("--against=$path")
done <<< "${FACTLINT_AGAINST:-}"
args+=(--)
while IFS= read -r path; do
    [ -z "$path" ] || args+=("$path")
done <<< "${FACTLINT_PATHS:-}"

exec "${FACTLINT:-$HOME/.factlint/bin/factlint}" "${args[@]}"
